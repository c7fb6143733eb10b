import { openDatabase } from './database.ts';
import { say } from './log.ts';
import { migrate } from './migrations.ts';
import { persistently } from './persistence.ts';
import { readSettings } from './settings.ts';

const database = openDatabase(readSettings().database);
// All or nothing, and what is done is not done again.
const done = await persistently(() => migrate(database));
say(done.length > 0 ? 'migrated' : 'nothing to migrate', { migrations: done });
await database.end();
