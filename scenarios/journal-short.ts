/** Many write one journal in PostgreSQL at once, which is killed under them. More of it, and SQLite, in journal. */
import { story, tellAll } from './harness.ts';
import { manyWrite, serverKilled } from './support/journals.ts';

story('8 processes append to PostgreSQL at once: one whole chain', telling =>
  manyWrite(telling, 'PostgreSQL', 8, 8_000),
);
story('it is killed with -9 under them: nothing acknowledged is lost, nothing is there twice', telling =>
  serverKilled(telling, 8_000, 2),
);

await tellAll();
