import * as z from 'zod/mini';
import { members, rule } from '../declaration/rule.ts';
import { percentage } from '../rules.ts';

/** Where one engine is. Plain data; what connects to it is the command line's matter. */
export interface EnginePlace {
  readonly type: 'docker';
  /** Path, `unix://…` or `tcp://…`. Default: as Docker's own tools find it. */
  readonly socket?: string;
  /** How this machine reaches instances. Default: by their addresses where that works, else by published ports. */
  readonly reach?: 'direct' | 'published';
  /**
   * How `ssh` reaches the engine's machine: `'ops@10.0.0.4'`, or a name of `~/.ssh/config`. Checks of `host()` are done by it
   * where the machine is another one.
   */
  readonly ssh?: string;
  /** How much of the time its machine is there, as an exact decimal percentage: `'99.95%'`. It bounds what may be promised. */
  readonly availability?: string;
}

export type LocalEngineOptions = Omit<EnginePlace, 'type'>;

const mark: unique symbol = Symbol.for('holdfast.engine') as never;

/** An engine as the configuration names it. Made by {@link engine}. */
export interface EngineDeclaration {
  readonly [mark]: { readonly options: unknown };
}

/** The engines that there are. */
export const engine = {
  /** The Docker Engine of this machine, or the one at a socket. */
  local: (options: LocalEngineOptions = {}): EngineDeclaration => ({ [mark]: { options } }),
};

export const isEngine = (value: unknown): value is EngineDeclaration =>
  typeof value === 'object' && value !== null && mark in value;

export const optionsOf = (declared: EngineDeclaration): unknown => declared[mark].options;

export const placeOf = (declared: EngineDeclaration): EnginePlace => ({
  type: 'docker',
  ...(optionsOf(declared) as LocalEngineOptions),
});

const socket = rule<string>(
  {
    is: 'the address of an engine',
    fix: "write it as in '/var/run/docker.sock', 'unix:///var/run/docker.sock' or 'tcp://127.0.0.1:2375'",
  },
  value =>
    typeof value === 'string' && (/^\//.test(value) || (/^(unix|tcp|https?):\/\//.test(value) && URL.canParse(value))),
);

const reach = rule<EnginePlace['reach']>(
  {
    is: "'direct' or 'published'",
    why: "it says how this machine gets at an instance: by the container's own address, or by a port of 127.0.0.1",
  },
  value => value === 'direct' || value === 'published',
);

const ssh = rule<string>(
  {
    is: 'what ssh calls a machine',
    why: 'it is given to `ssh` as it stands',
    fix: "write it as in 'ops@10.0.0.4', or a name of your ~/.ssh/config; a port or a key of its own belongs there",
  },
  value => typeof value === 'string' && /^[A-Za-z0-9_][A-Za-z0-9._@%:-]*$/.test(value),
);

export const engineSchema = members({
  socket: z.optional(socket),
  ssh: z.optional(ssh),
  reach: z.optional(reach),
  availability: z.optional(percentage),
});

/** Whether an engine is of another machine, so that others may use it too. */
export function isRemote({ socket: given = '' }: EnginePlace): boolean {
  if (!/^(tcp|https?):\/\//.test(given)) return false;
  return !['localhost', '127.0.0.1', '[::1]'].includes(new URL(given).hostname);
}

/** Equal for two places that are one engine. */
export const keyOf = ({ socket: given = 'default' }: EnginePlace): string => given.replace(/^unix:\/\//, '');
