import { exitCode, Problem } from '../kit/problem.ts';
import type { Desired, Seen } from '../ports/provider.ts';
import { identityOf, instanceDesire, volumeDesire } from './desire.ts';
import type { RestoredPlace, RestoreGround } from './ground.ts';
import { type RestoredServer, restoredServer } from './restored-server.ts';

/** The server that a backup is restored into: up, and empty. What a run left that was killed makes way. */
export async function bring(name: string, ground: RestoreGround): Promise<RestoredServer> {
  const { providers, around, backups, signal } = ground;
  const desired = instanceDesire(name, backups.restored, around);
  const containers = providers('instance', around.engine);
  const left = await find(desired, ground);
  if (left) {
    if (await isWhole(serverOf(left, ground))) throw isThere(name);
    await containers.remove(left, signal);
  }
  await providers('volume', around.engine).ensure(volumeDesire(name, around), undefined, signal);
  return serverOf(await containers.ensure(desired, undefined, signal), ground);
}

const serverOf = (seen: Seen, { instances, cluster, signal }: RestoreGround): RestoredServer =>
  restoredServer(seen, { instances, cluster: cluster.spec, signal });

/** One that can't be asked may be: what a person wanted once is not thrown away. */
const isWhole = (server: RestoredServer): Promise<boolean> =>
  server.present().then(
    present => present !== undefined,
    () => true,
  );

const isThere = (name: string): Problem =>
  new Problem({
    what: `a restored server "${name}" is there already`,
    why: 'somebody may be looking at it, or have written into it',
    fix: `take it away with \`holdfast restore --remove ${name}\`, or give this one another name with --into`,
    exit: exitCode.wrongUse,
  });

export interface Removed {
  readonly name: string;
  /** Whether there was anything of that name. */
  readonly found: boolean;
}

/** Takes a restored server away, with what it holds. Not found is success. */
export async function removeRestored(name: string, place: RestoredPlace): Promise<Removed> {
  const { around, providers, signal } = place;
  let found = false;
  for (const kind of ['instance', 'volume'] as const) {
    const seen = await find(identityOf(name, kind, around), place);
    if (seen) await providers(kind, around.engine).remove(seen, signal);
    found ||= seen !== undefined;
  }
  return { name, found };
}

async function find(
  { kind, uid, engine }: Pick<Desired, 'kind' | 'uid' | 'engine'>,
  { providers, around }: RestoredPlace,
): Promise<Seen | undefined> {
  return (await providers(kind, engine).observe(around.scope)).find(({ birth }) => birth?.uid === uid);
}
