import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { Scope } from '../../model/identity.ts';

/** What an agent is told by those who run it. */
export interface AgentPlace {
  readonly scope: Scope;
  /** What the environment calls the engine. */
  readonly engine: string;
  readonly socket: string | undefined;
  /** Where the journal is: a path, or a URL that may hold a password. */
  readonly journal: string;
  /** Tells this agent from others, also from one that runs in the same container after it. */
  readonly name: string;
}

/** Where the engine that runs the agent has put what it reaches. */
const inside = { socket: '/run/holdfast/engine.sock', journal: '/run/secrets/holdfast-journal' } as const;

/** Reads the surroundings. Throws a Problem for what is missing. */
export function agentPlace(env: NodeJS.ProcessEnv): AgentPlace {
  return {
    scope: { system: told(env, 'HOLDFAST_SYSTEM'), environment: told(env, 'HOLDFAST_ENVIRONMENT') },
    engine: env.HOLDFAST_ENGINE || 'default',
    socket: existsSync(inside.socket) ? inside.socket : undefined,
    journal: existsSync(inside.journal) ? readFileSync(inside.journal, 'utf8').trim() : told(env, 'HOLDFAST_JOURNAL'),
    name: `${hostname()}-${process.pid}-${Date.now().toString(36)}`.replaceAll(/[^A-Za-z0-9-]/g, '-'),
  };
}

function told(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value) return value;
  throw new Problem({
    what: `the agent is not told ${name}`,
    why: 'it runs in a container that `holdfast up` makes, and is told there what it looks after',
    fix: 'declare what needs an agent, such as a job with `every`, and run `holdfast up`',
    exit: exitCode.wrongUse,
  });
}
