import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sentenceOf } from '../model/assertion/judge.ts';
import type { SubjectSpec } from '../model/spec/check-spec.ts';
import { isUnproven } from '../verify/prove/sabotage.ts';
import { sabotageOf } from '../verify/prove/sabotage-of.ts';
import { type Lookers, lookersOf } from './ground/lookers.ts';
import { assertionOf, command, failuresOf, file, looking, port, type Told } from './testing/looks.ts';
import { saboteurGround } from './testing/saboteur-ground.ts';

const signal = AbortSignal.timeout(600_000);

let ground: Awaited<ReturnType<typeof saboteurGround>>;
let lookers: Lookers;

beforeAll(async () => {
  ground = await saboteurGround();
  lookers = lookersOf(ground.host, ground.inside, String);
});
afterAll(async () => {
  await lookers?.[Symbol.asyncDispose]();
  await ground?.[Symbol.asyncDispose]();
});

const http: SubjectSpec = { type: 'http', port: 8080, path: '/srv/version' };
const app: SubjectSpec = { type: 'user', name: 'app' };

/** All of it is so of a copy as it is. */
const green: readonly Told[] = [
  [file('/srv/version'), 'isFile'],
  [file('/srv/version'), 'hasMode', '0644'],
  [file('/srv/version'), 'not.hasMode', '0600'],
  [file('/srv/version'), 'isOwnedBy', 'root'],
  [file('/srv/version'), 'contains', 'v24'],
  [file('/srv/version'), 'not.contains', 'secret'],
  [file('/srv/version'), 'isReadOnly'],
  [file('/srv/link'), 'isLinkTo', 'version'],
  [file('/srv/none'), 'not.exists'],
  [{ type: 'directory', path: '/srv/empty' }, 'isEmpty'],
  [{ type: 'mount', path: '/srv' }, 'not.isMounted'],
  [{ type: 'disk', path: '/srv' }, 'hasFree', '1MB'],
  [app, 'exists'],
  [app, 'hasUid', 1_000],
  [app, 'not.isIn', 'wheel'],
  [{ type: 'package', name: 'caddy' }, 'isInstalled'],
  [{ type: 'package', name: 'caddy' }, 'hasExactVersion', '2.6.2-5'],
  [{ type: 'package', name: 'nginx' }, 'not.isInstalled'],
  [command('tool'), 'exits', 0],
  [command('tool'), 'not.prints', 'v23'],
  [{ type: 'process', name: 'httpd' }, 'runs'],
  [{ type: 'process', name: 'httpd' }, 'runsAs', '0'],
  [{ type: 'process', name: 'httpd' }, 'not.runsTimes', 2],
  [{ type: 'process', name: 'httpd' }, 'isStartedWith', '8080'],
  [{ type: 'process', name: 'sshd' }, 'not.runs'],
  [{ type: 'processes' }, 'runOnlyAs', ['0']],
  [{ type: 'environment', name: 'COLOUR' }, 'hasValue', 'blue'],
  [{ type: 'environment', name: 'TOKEN' }, 'not.isSet'],
  [{ type: 'memory' }, 'hasTotal', '64MB'],
  [{ type: 'cron', user: 'app' }, 'not.runs', 'miner'],
  [port(8080, 2_000), 'listens'],
  [port(8081), 'not.listens'],
  [{ type: 'listening' }, 'only', [8080]],
  [http, 'answers', 200],
  [http, 'not.says', 'trace'],
  [{ type: 'interface', name: 'eth0' }, 'isUp'],
];

const spelled = (told: Told): string => sentenceOf(assertionOf(told));

describe('each of these', () => {
  test('is so of a copy as it is', async () => {
    const target = await ground.copy({});
    // A server may be two while it answers.
    for (const some of Object.values(Object.groupBy(green, ([{ type }]) => (type === 'http' ? 'asked' : 'seen'))))
      expect(failuresOf(await looking(signal)(target, some, lookers.all))).toEqual([]);
  });

  test.concurrent.for(green.map(told => [spelled(told), told] as const))(
    'is not so once it was sabotaged: %s',
    async ([, told], { expect }) => {
      const assertion = assertionOf(told);
      const sabotage = sabotageOf('service/web', assertion);
      if (isUnproven(sabotage)) throw new Error(sabotage.unproven);
      const target = await ground.copy(sabotage);
      const look = async () => {
        const all = await looking(signal)(target, [told], lookers.all);
        return [failuresOf(all).length, ...Object.keys(all[0]?.looked ?? {})];
      };
      // What a copy was made to start may take a moment to be there. Nobody being able to look would prove nothing.
      const seen = assertion.negated ? 'facts' : expect.stringMatching(/facts|missing/);
      await expect.poll(look).toEqual([1, seen]);
    },
  );
});
