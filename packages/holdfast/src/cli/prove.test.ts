import { afterAll, beforeAll, expect, test } from 'vitest';
import { sentenceOf } from '../model/assertion/judge.ts';
import type { Seen } from '../ports/provider.ts';
import { dockerCopies } from '../providers/docker/index.ts';
import { prove } from '../verify/prove/prove.ts';
import { type Lookers, lookersOf } from './ground/lookers.ts';
import { factsGround } from './testing/facts-ground.ts';
import { assertionOf, failuresOf, file, looking, port, type Told } from './testing/looks.ts';

const signal = AbortSignal.timeout(120_000);

let ground: Awaited<ReturnType<typeof factsGround>>;
let lookers: Lookers;

beforeAll(async () => {
  ground = await factsGround();
  lookers = lookersOf(ground.host, ground.inside, String);
});
afterAll(async () => {
  await lookers?.[Symbol.asyncDispose]();
  await ground?.[Symbol.asyncDispose]();
});

const said = (told: Told) => assertionOf(told);
const red: readonly Told[] = [
  [file('/bin/busybox'), 'isFile'],
  [file('/etc/passwd'), 'contains', 'app:x:1000'],
  [{ type: 'user', name: 'app' }, 'exists'],
  [port(8080, 5_000), 'listens'],
  [{ type: 'environment', name: 'COLOUR' }, 'hasValue', 'blue'],
];
const shared: Told = [file('/data/mark'), 'contains', 'of the original'];
const never: Told = [{ type: 'kernel-parameter', name: 'vm.swappiness' }, 'exists'];

test('what can be made red is seen red on copies, what can’t is said to be so, and nothing happens to the original', async () => {
  const tools =
    'cd /bin; for tool in rm chmod sed sleep mkdir mv cp; do [ -e $tool ] || busybox ln -s busybox $tool; done';
  const command = ['sh', '-c', `${tools}; echo of the original > /data/mark; exec httpd -f -p 8080`];
  const HostConfig = { Mounts: [{ Type: 'volume' as const, Target: '/data', Source: '' }] };
  const target: Seen = await ground.start(command, { Env: ['COLOUR=blue'], HostConfig });
  const all = [...red, shared, never].map(said);
  const copies = dockerCopies(ground.host);
  const proofs = await prove('service/web', target, all, { copies, lookers: lookers.all, signal });
  const proved = (told: Told) => proofs.get(sentenceOf(said(told)));
  for (const told of red)
    expect([sentenceOf(said(told)), proved(told)]).toEqual([expect.any(String), { proved: 'red' }]);
  expect(proved(never)).toMatchObject({ proved: 'unproven', why: expect.any(String) });
  expect(failuresOf(await looking(signal)(target, [...red, shared], lookers.all))).toEqual([]);
  const left = await ground.host.docker.listContainers({ all: true, filters: { label: ['holdfast.workshop'] } });
  expect(left.filter(({ Labels }) => Labels['holdfast.workshop']?.includes(`"pid":${process.pid},`))).toEqual([]);
}, 120_000);
