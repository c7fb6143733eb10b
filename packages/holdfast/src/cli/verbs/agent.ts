import { writeFile } from 'node:fs/promises';
import { runAgent } from '../../agent/agent.ts';
import { journalAt } from '../../journal/journal-at.ts';
import { currentOwner } from '../../journal/owner.ts';
import { asProblem, exitCode } from '../../kit/problem.ts';
import { agentInside } from '../../model/agent-inside.ts';
import {
  connectDocker,
  dockerDatabaseServers,
  dockerSpawn,
  dockerTasks,
  dockerVolumes,
  dockerWarden,
  dockerWhereabouts,
  etcdOf,
  insideDocker,
} from '../../providers/docker/index.ts';
import { etcdLeadership } from '../../providers/etcd/leadership.ts';
import { shellRunner } from '../../providers/shell/index.ts';
import { agentPlace } from '../agent/place.ts';
import type { Verb } from '../call.ts';

/** Stays up until it is asked to end. What it is about is in its surroundings. */
export const agent: Verb = async ({ outside, stopping: { signal } }) => {
  const { scope, engine, socket, journal, name } = agentPlace(outside.env);
  const host = await connectDocker({ engine, ...(socket !== undefined && { socket }) });
  await using runner = shellRunner(dockerSpawn(host), dockerWhereabouts(host));
  await using warden = dockerWarden(host, scope);
  const say = (line: string): void => void outside.stdout.write(`${new Date(outside.clock()).toISOString()} ${line}\n`);
  say(`looks after ${scope.system}, ${scope.environment}, on engine ${engine}`);
  await runAgent({
    scope,
    engine,
    journal: () => journalAt(journal).open(),
    warden,
    leadershipOf: cluster =>
      etcdLeadership({ runner, etcd: () => etcdOf(host, scope, cluster), cluster, guardian: name }),
    tasks: dockerTasks(host, scope),
    servers: dockerDatabaseServers(host),
    instances: insideDocker(host, scope),
    volumes: dockerVolumes(host, scope),
    owner: currentOwner('holdfast agent'),
    clock: outside.clock,
    say,
    onTrouble: error => say(wordsOf(error)),
    // Where nobody asks for it there is no place for it.
    onAnswer: () => void writeFile(agentInside.sign, '').catch(() => {}),
    signal,
  });
  return exitCode.kept;
};

function wordsOf(error: unknown): string {
  const { message, parts } = asProblem(error);
  return parts.why ? `${message}: ${parts.why}` : message;
}
