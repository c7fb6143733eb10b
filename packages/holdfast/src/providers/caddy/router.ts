import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, systemClock } from '../../kit/clock.ts';
import { canonical } from '../../kit/json.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { edgeInside } from '../../model/edge-inside.ts';
import type { RouteTable } from '../../ports/desires.ts';
import type { Instances } from '../../ports/instances.ts';
import type { Seen } from '../../ports/provider.ts';
import type { Router } from '../../ports/router.ts';
import { shifted } from '../../ports/shift.ts';
import { switchConfig, tableOf } from './config.ts';
import { inTurns } from './in-turns.ts';
import { currentConfig, underWay } from './status.ts';

/** Between two looks at what is under way, in milliseconds. */
const pause = 100;

/** Leads traffic by an edge that runs Caddy; see `parts/edge.ts` for what is inside. */
export function caddyRouter(instances: Instances, clock: Clock = systemClock): Router {
  const serially = inTurns();
  const table = async (edge: Seen) => tableOf(await currentConfig(instances, edge));

  async function change(edge: Seen, to: (now: readonly RouteTable[]) => readonly RouteTable[]): Promise<void> {
    const now = await table(edge);
    const wanted = to(now);
    if (!sameTable(now, wanted)) await turn(instances, edge, wanted);
    else if (!(await isKept(instances, edge, wanted))) await keep(instances, edge, wanted);
    if (!sameTable(await table(edge), wanted)) throw notTaken(edge);
  }

  return {
    table,
    set: (edge, wanted) => serially(edge.id, () => change(edge, () => wanted)),
    shift: (edge, by) => serially(edge.id, () => change(edge, now => shifted(now, by))),

    async drained(edge, upstreams, within) {
      const [until, leaving] = [clock() + within, new Set<string>(upstreams)];
      const alive = await turns(instances, edge);
      const isStill = async () => {
        const counts = await Promise.all(alive.map(turn => underWay(instances, edge, turn, leaving)));
        return counts.every(count => count === 0);
      };
      // Still twice: what a switch took just before the change may not have reached its upstream at the first look.
      for (let still = 0; ; await sleep(pause)) {
        still = (await isStill()) ? still + 1 : 0;
        if (still > 1) return 'drained';
        if (clock() >= until) return 'time over';
      }
    },
  };
}

/** Puts the table in force; it counts as the last one once it serves. */
async function turn(instances: Instances, edge: Seen, table: readonly RouteTable[]): Promise<void> {
  await instances.put(edge, { [edgeInside.next]: JSON.stringify(switchConfig(table)) });
  const { exitCode: code, stderr } = await instances.run(edge, ['sh', edgeInside.turn, edgeInside.next]);
  if (code !== 0) throw await refused(instances, edge, stderr);
  await keep(instances, edge, table);
}

const keep = (instances: Instances, edge: Seen, table: readonly RouteTable[]): Promise<void> =>
  instances.put(edge, { [edgeInside.last]: JSON.stringify(switchConfig(table)) });

const isKept = async (instances: Instances, edge: Seen, table: readonly RouteTable[]): Promise<boolean> =>
  (await instances.get(edge, edgeInside.last)) === JSON.stringify(switchConfig(table));

/** The switches that live: the one that serves, and those that still have something to finish. */
async function turns(instances: Instances, edge: Seen): Promise<readonly string[]> {
  const { stdout } = await instances.run(edge, ['ls', edgeInside.runtime]);
  return stdout.split('\n').flatMap(file => /^(.+-.+)\.pid$/.exec(file)?.[1] ?? []);
}

const sameTable = (a: readonly RouteTable[], b: readonly RouteTable[]): boolean => sorted(a) === sorted(b);

const sorted = (table: readonly RouteTable[]): string =>
  canonical(table.map(row => canonical({ ...row, upstreams: row.upstreams.toSorted() })).sort());

async function refused(instances: Instances, edge: Seen, stderr: string): Promise<Problem> {
  const lines: string[] = [];
  for await (const { text } of instances.logs(edge, { tail: 10 })) lines.push(text);
  return new Problem({
    what: `edge ${edge.name} did not take its new routes; it goes on with the ones it has`,
    why: stderr.trim() || 'Caddy did not start with them',
    evidence: lines,
    fix: 'see what Caddy says above, and run the same command again',
    exit: exitCode.failed,
    retry: true,
  });
}

const notTaken = (edge: Seen) =>
  new Problem({
    what: `edge ${edge.name} sends by other routes than those it was just given`,
    why: 'something else changed them at the same moment',
    fix: 'run the same command again',
    retry: true,
  });
