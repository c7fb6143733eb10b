import { type Clock, systemClock } from '../../kit/clock.ts';
import type { SubjectSpec } from '../../model/spec/subject-spec.ts';
import type { CommandRunner, Ended } from '../../ports/command-runner.ts';
import type { Looker, Sight } from '../../ports/looker.ts';
import type { Seen } from '../../ports/provider.ts';
import { askingOf } from './asking.ts';
import { sightOf } from './sight.ts';

/** How long a command may take where nothing is said of it, in milliseconds. */
const patience = 10_000;

/** Looks at subjects by commands inside of the target, as few as can be: most need none at all. */
export function commandLooker({ run }: CommandRunner, clock: Clock = systemClock): Looker {
  async function lookAt(target: Seen, of: SubjectSpec, signal: AbortSignal): Promise<Sight> {
    const asking = askingOf(of);
    if (!asking) return { elsewhere: 'no command tells of it' };
    const [startedAt, at] = [performance.now(), clock()];
    const ran = await run(target, asking.command(of), { within: of.eventually ?? patience, ...asking.options }, signal);
    const glance = 'unknown' in ran ? { unknown: ran.unknown } : (tooLong(ran.ended) ?? asking.tells(ran.ended, of));
    return sightOf(glance, { tier: ran.tier, at, milliseconds: performance.now() - startedAt });
  }

  return {
    sees: of => askingOf(of) !== undefined,
    async look(target, asked, signal) {
      return new Map(await Promise.all(asked.map(async ({ of }) => [of, await lookAt(target, of, signal)] as const)));
    },
  };
}

/** What was printed is known whole, or it is not known: what is left out could be what is asked for. */
function tooLong({ stdout, stderr }: Ended): { readonly unknown: string } | undefined {
  const printed = [stdout, stderr].find(({ first, last, total }) => total > first.length + last.length);
  return printed && { unknown: `it printed ${printed.total} bytes, more than are looked into` };
}
