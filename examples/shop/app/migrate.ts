import { openDatabase } from './database.ts';
import { say } from './log.ts';
import { migrate } from './migrations.ts';
import { readSettings } from './settings.ts';

const database = openDatabase(readSettings().database);
const done = await migrate(database);
say(done.length > 0 ? 'migrated' : 'nothing to migrate', { migrations: done });
await database.end();
