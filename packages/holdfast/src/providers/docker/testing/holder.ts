import { setTimeout as sleep } from 'node:timers/promises';
import { connectDocker } from '../host/connect.ts';
import { dockerWarden } from '../warden/warden.ts';

/** Takes the address of a member, says so, and holds it: to be killed. */
const [, , id, scope = '{}'] = process.argv;
const warden = dockerWarden(await connectDocker(), JSON.parse(scope));
const member = (await warden.look()).find(one => one.id === id);
if (!member || !(await warden.takeAddress(member))) throw new Error(`the address of ${id} can't be taken`);
process.stdout.write('held\n');
await sleep(600_000);
