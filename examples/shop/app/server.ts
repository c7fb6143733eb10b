import { openDatabase } from './database.ts';
import { onStop } from './leave.ts';
import { closed, listen } from './listen.ts';
import { say } from './log.ts';
import { readSettings } from './settings.ts';
import { shop } from './shop.ts';

const settings = readSettings();
const database = openDatabase(settings.database);
const server = await listen(settings.port, shop(settings, database));
say('the shop is open', { port: settings.port, version: settings.version });

onStop(async () => {
  await closed(server);
  await database.end();
});
