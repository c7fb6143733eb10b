import { exitCode, Problem } from '../../kit/problem.ts';
import type { Claim, Leader, Leadership } from '../../ports/leadership.ts';
import type { CommandRunner } from '../../ports/looking/command-runner.ts';
import type { Seen } from '../../ports/provider.ts';
import { type Found, foundIn, transaction } from './transaction.ts';

export interface EtcdParts {
  /** Runs commands inside of etcd's members, where `etcdctl` finds by itself how to reach its own. */
  readonly runner: CommandRunner;
  /** Those that run. */
  readonly etcd: () => Promise<readonly Seen[]>;
  /** What Patroni calls the cluster. */
  readonly cluster: string;
  /** Tells this guardian from others; letters, digits and hyphens. */
  readonly guardian: string;
  /** For how long a guardian's lock outlives its last sign of life, in seconds. Default 10. */
  readonly lasting?: number;
  /** How long one member of etcd may take to answer, in milliseconds. Default 2,000. */
  readonly within?: number;
}

/** Who leads a cluster of Patroni's, by the keys that it keeps in etcd, version 3. */
export function etcdLeadership(parts: EtcdParts): Leadership {
  const { cluster, guardian, lasting = 10 } = parts;
  const lock = `/holdfast/guardian/${cluster}`;
  const key = `/service/${cluster}/leader`;
  const ask = asker(parts);
  let lease: string | undefined;

  const mine = `value("${lock}") = "${guardian}"`;
  const read = [`get ${lock}`, `get ${key}`];

  async function claim(): Promise<Claim> {
    const renewed = lease && `etcdctl lease keep-alive --once ${lease} >&2 && lease=${lease}`;
    const granted = `{ set -- $(etcdctl lease grant ${lasting}) && lease=$2; }`;
    const taking = transaction(
      [`create("${lock}") = "0"`],
      [`put --lease='"$lease"' ${lock} ${guardian}`, ...read],
      read,
    );
    const said = await ask(`${renewed ? `${renewed} || ${granted}` : granted} && echo "$lease" && ${taking}`);
    const [given, ...answer] = said.split('\n');
    lease = given;
    const { kvs } = foundIn(answer.join('\n'));
    return { lock: kvs.get(lock)?.value === guardian ? 'mine' : 'theirs', ...leaderIn(kvs.get(key)) };
  }

  return {
    claim,
    read: async () => leaderIn(foundIn(await ask(transaction([], read, []))).kvs.get(key)).leader,
    async depose({ member, revision }) {
      const conditions = [mine, `value("${key}") = "${member}"`, `mod("${key}") = "${revision}"`];
      const gone = [`del ${key}`, `del /service/${cluster}/members/${member}`];
      return foundIn(await ask(transaction(conditions, gone, []))).isSo;
    },
    async release() {
      const had = lease;
      lease = undefined;
      if (had) await ask(revoking(had));
    },
  };
}

/** One that has run out is gone already. */
const revoking = (lease: string): string =>
  `said=$(etcdctl lease revoke ${lease} 2>&1) || case $said in *'lease not found'*) ;; *) echo "$said" >&2; exit 1 ;; esac`;

const leaderIn = (found: Found | undefined): { readonly leader?: Leader } =>
  found ? { leader: { member: found.value, revision: found.revision } } : {};

/** Asks the member that answered last, and then the others. */
function asker({ runner, etcd, within = 2_000 }: EtcdParts): (script: string) => Promise<string> {
  let known: Seen | undefined;

  async function* candidates(): AsyncGenerator<Seen> {
    const last = known;
    if (last) yield last;
    for (const one of await etcd()) if (one.id !== last?.id) yield one;
  }

  async function answerOf(target: Seen, script: string): Promise<{ said: string } | { refusal: string }> {
    const ran = await runner.run(target, ['sh', '-c', script], { within }, AbortSignal.timeout(2 * within));
    if (!('ended' in ran)) return { refusal: 'late' in ran ? ran.late : ran.unknown };
    const { exitCode, stdout, stderr } = ran.ended;
    return exitCode === 0 ? { said: textOf(stdout.first) } : { refusal: textOf(stderr.first).trim().slice(-300) };
  }

  return async script => {
    const refusals: string[] = [];
    for await (const target of candidates()) {
      const answer = await answerOf(target, script);
      known = 'said' in answer ? target : undefined;
      if ('said' in answer) return answer.said;
      refusals.push(`${target.name}: ${answer.refusal}`);
    }
    throw silent(refusals);
  };
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

const silent = (refusals: readonly string[]): Problem =>
  new Problem({
    what: 'etcd does not answer',
    why: refusals.join('; ') || 'no member of it runs',
    exit: exitCode.unreachable,
    retry: true,
  });
