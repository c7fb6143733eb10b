import type { ProblemParts } from '../../kit/problem.ts';
import type { Found } from './explain.ts';

const deeds: Readonly<Record<string, readonly [what: string, fix: string]>> = {
  FileSystemWrite: ['write a file', 'write it when the service runs, or give it to the container with `files`'],
  ChildProcess: [
    'start a process',
    'what it finds out goes into a file that system.ts reads, or into an environment variable',
  ],
  WorkerThreads: ['start a thread', 'compute it here, or beforehand'],
  Net: ['use the network', 'what it finds out goes into a file that system.ts reads'],
};

/** What Node itself refused, since the child runs under its permission model. */
export function denied({ error }: Found): ProblemParts | undefined {
  if (error.code !== 'ERR_ACCESS_DENIED') return undefined;
  const { permission = '', resource } = error as { permission?: string; resource?: string };
  const [what, fix] = deeds[permission] ?? [
    `use ${permission || 'what Node guards'}`,
    'do it before, or when the service runs',
  ];
  return {
    what: `system.ts tried to ${what}${resource ? `: ${resource}` : ''}`,
    why: 'evaluating a system has no side effect: it is evaluated often, and twice to compare',
    fix,
  };
}
