import * as z from 'zod/mini';
import { type Duration, toMilliseconds } from '../kit/duration.ts';
import { address } from './address.ts';
import { type Notes, refuseUnsaid, type Said, saidOf } from './assertion/said.ts';
import { Call } from './declaration/call.ts';
import { type Callee, callSite } from './declaration/call-site.ts';
import { addressOfHandle, Handle } from './declaration/handle.ts';
import { holds } from './declaration/holds.ts';
import { label } from './declaration/label.ts';
import { handleOf } from './declaration/options.ts';
import { members, rule } from './declaration/rule.ts';
import { slot } from './declaration/slot.ts';
import type { ImageHandle } from './image.ts';
import { absolutePath, command, duration, portNumber } from './rules.ts';
import type { CheckSpec, SubjectOf, SubjectType } from './spec/check-spec.ts';

export type CheckHandle = Handle<'check'>;

export interface CheckOptions {
  /** Default: that of the target, with a number where it has several checks. */
  readonly name?: string;
}

export interface WithinOptions {
  /** How long it may take until it is so. Default `'10s'` for a command, `'30s'` for a port and what answers on it. */
  readonly within?: Duration;
}

/** What can be named in a check of an image. */
export interface ImageSubjects {
  /** A command, run inside. A text with anything but plain words in it is a line for `sh`. */
  command(command: string | readonly string[], options?: WithinOptions): Said<'command'>;
  /** A file or a folder, by its absolute path. Links are followed. */
  file(path: string): Said<'file'>;
  /** A user, as /etc/passwd has it. */
  user(name: string): Said<'user'>;
  /** A TCP port, once the image is started as it is. */
  port(port: number, options?: WithinOptions): Said<'port'>;
  /** What GET of a path answers, once the image is started as it is. */
  http(port: number, path: string, options?: WithinOptions): Said<'http'>;
}

/**
 * Says what must be so of an image; it is looked at before the image is sealed. Each subject that is named must have
 * something said of it. `.not` denies what is said next.
 *
 * ```ts
 * check(web, it => {
 *   it.command('node --version').exits(0).prints('v24')
 *   it.file('/app/server.js').exists().isOwnedBy('root').not.isExecutable()
 *   it.http(8080, '/healthz').answers(200)
 * })
 * ```
 */
export function check(target: ImageHandle, say: (it: ImageSubjects) => void, options: CheckOptions = {}): CheckHandle {
  const at = callSite(check);
  const name = options?.name ?? freeName(Object(target).name);
  const call = new Call('check', name, check, at);
  if (!call.accepts(schema, { target, say, ...options })) return new Handle('check', name);
  const notes: Notes = { assertions: [], named: new Map(), spoken: new Set() };
  const returned = (say as (it: ImageSubjects) => unknown)(subjects(notes));
  if (returned instanceof Promise) call.refuse(notAtOnce(name));
  refuseUnsaid(notes);
  if (notes.named.size === 0) call.refuse(sayingNothing(name));
  const spec: CheckSpec = { target: addressOfHandle(target), assertions: notes.assertions };
  call.declare(spec, [spec.target], {});
  return new Handle('check', name);
}

const callback = rule<(it: ImageSubjects) => void>(
  { is: 'a callback that says what must be so', fix: "write it as in check(web, it => { it.user('app').exists() })" },
  value => typeof value === 'function',
);

const schema = members({ target: handleOf('image'), say: callback, name: z.optional(label) });

/** The first name after the target's that no other check has. */
function freeName(target: unknown): string {
  const base = typeof target === 'string' ? target.slice(0, 59).replace(/-+$/, '') : 'check';
  const taken = slot().open?.places;
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken?.has(address('check', name))) return name;
  }
}

const pathOfUrl = rule<string>(
  { is: "a path that begins with '/'", fix: "write it as in '/healthz'" },
  value => typeof value === 'string' && /^\/[^\s#]*$/.test(value),
);

const userName = rule<string>(
  { is: 'a user name', fix: "write it as in 'app'" },
  value => typeof value === 'string' && /^[a-z_][a-z0-9_.-]*\$?$/i.test(value),
);

const line = rule<string | readonly string[]>(
  {
    is: 'a command',
    why: 'it is a line for a shell, or an array of texts, one for each argument',
    fix: "write it as in it.command('node --version') or it.command(['node', '--version'])",
  },
  value => (typeof value === 'string' ? value.trim() !== '' : command.safeParse(value).success),
);

const patience = members({ within: z.optional(duration) });

function subjects(notes: Notes): ImageSubjects {
  const name = <T extends SubjectType>(of: SubjectOf<T>, callee: Callee) => saidOf<T>(of, notes, callSite(callee));
  return {
    command: function itsCommand(given, options = {}) {
      const fits = holds(
        members({ command: line, options: patience }),
        { command: given, options },
        'it.command',
        itsCommand,
      );
      const words = fits ? wordsOf(given) : ['false'];
      return name({ type: 'command', command: words, within: within(fits, options, '10s') }, itsCommand);
    },
    file: function itsFile(path) {
      holds(members({ path: absolutePath }), { path }, 'it.file', itsFile);
      return name({ type: 'file', path }, itsFile);
    },
    user: function itsUser(user) {
      holds(members({ name: userName }), { name: user }, 'it.user', itsUser);
      return name({ type: 'user', name: user }, itsUser);
    },
    port: function itsPort(port, options = {}) {
      const fits = holds(members({ port: portNumber, options: patience }), { port, options }, 'it.port', itsPort);
      return name({ type: 'port', port, within: within(fits, options, '30s') }, itsPort);
    },
    http: function itsHttp(port, path, options = {}) {
      const shape = members({ port: portNumber, path: pathOfUrl, options: patience });
      const fits = holds(shape, { port, path, options }, 'it.http', itsHttp);
      return name({ type: 'http', port, path, within: within(fits, options, '30s') }, itsHttp);
    },
  };
}

/** What is wrong was told already, and nothing of it is used. */
const within = (fits: boolean, options: WithinOptions, otherwise: Duration): number =>
  toMilliseconds(fits ? (options.within ?? otherwise) : otherwise);

/** Plain words need no shell, which an image may not have. */
function wordsOf(given: string | readonly string[]): readonly string[] {
  if (typeof given !== 'string') return given;
  const words = given.trim();
  return /^[\w@%+:,./ -]+$/.test(words) ? words.split(/ +/) : ['sh', '-c', words];
}

const sayingNothing = (name: string) => ({
  what: `check "${name}" says nothing`,
  why: 'a check that asserts nothing can never fail, and would pass for a proof',
  fix: "say what must be so, as in check(web, it => { it.file('/app').exists() })",
});

const notAtOnce = (name: string) => ({
  what: `the callback of check "${name}" is async`,
  why: 'what it says after its first `await` would come too late to be noted',
  fix: 'remove `async` and `await`: a check is only written down here, and run later',
});
