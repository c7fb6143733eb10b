/** Many write one journal at once, in either store; the database is killed under them. @long */
import { option, story, tellAll } from './harness.ts';
import { manyWrite, serverKilled } from './support/journals.ts';

const facts = Number(option('facts') ?? 100_000);

for (const store of ['SQLite', 'PostgreSQL'] as const) {
  story(`one process appends to ${store}: one whole chain`, telling => manyWrite(telling, store, 1, facts / 4));
  story(`8 processes append ${facts} facts to ${store} at once: one whole chain`, telling =>
    manyWrite(telling, store, 8, facts),
  );
}
story('PostgreSQL is killed with -9 under 8 writers: nothing acknowledged is lost, nothing is there twice', telling =>
  serverKilled(telling, facts / 4, 5),
);

await tellAll();
