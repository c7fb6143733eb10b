import { type Clock, systemClock } from '../../kit/clock.ts';
import type { CommandFacts } from '../../model/assertion/facts/software.ts';
import type { SubjectSpec, SubjectType } from '../../model/spec/check-spec.ts';
import type { CommandRunner, Ended, Printed, Ran } from '../../ports/looking/command-runner.ts';
import type { Asked, Looker, Sight } from '../../ports/looking/looker.ts';
import type { Seen } from '../../ports/provider.ts';
import { type Asking, askingOf } from './asking.ts';
import type { AnyGlance } from './facts/glance.ts';
import { sightOf } from './sight.ts';

/** How long a command may take where nothing is said of it, in milliseconds. */
const patience = 10_000;

/** Looks at subjects by commands inside of the target. */
export function commandLooker({ run }: Pick<CommandRunner, 'run'>, clock: Clock = systemClock): Looker {
  async function lookAt(target: Seen, { of, within }: Asked, signal: AbortSignal): Promise<Sight> {
    const asking = askingOf(of);
    if (!asking) return { elsewhere: 'no command tells of it' };
    const [startedAt, at] = [performance.now(), clock()];
    const options = { within: within ?? of.eventually ?? patience, asRoot: asking.asRoot ?? false };
    const ran = await run(target, asking.command(of), options, signal);
    return sightOf(glanceOf(ran, asking, of), { tier: 'session', at, milliseconds: performance.now() - startedAt });
  }

  return {
    tier: 'session',
    isTogether: false,
    sees: of => askingOf(of) !== undefined,
    async look(target, asked, signal) {
      return new Map(await Promise.all(asked.map(async one => [one.of, await lookAt(target, one, signal)] as const)));
    },
  };
}

/** A command that does not end in its time is not as said, whatever is said of how it ends. */
function glanceOf(ran: Ran, asking: Asking<SubjectType>, of: SubjectSpec): AnyGlance {
  if ('late' in ran) return { missing: ran.late };
  if ('unknown' in ran) return { unknown: ran.unknown };
  return tooMuch(ran.ended) ?? asking.tells(textsOf(ran.ended), of);
}

/** What was printed is known whole, or not at all: what was left out could be what is asked for. */
function tooMuch({ stdout, stderr }: Ended): { readonly unknown: string } | undefined {
  const cut = [stdout, stderr].find(({ first, last, total }) => total > first.length + last.length);
  return cut && { unknown: `it printed ${cut.total} bytes, more than are looked into` };
}

const textsOf = ({ exitCode, stdout, stderr }: Ended): CommandFacts => ({
  exitCode,
  stdout: textOf(stdout),
  stderr: textOf(stderr),
});

/** Bytes that are no UTF-8 are told by the sign that stands for such. */
const textOf = ({ first, last }: Printed): string => Buffer.concat([first, last]).toString('utf8');
