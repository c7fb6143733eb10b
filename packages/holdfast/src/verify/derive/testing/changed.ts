import type { FactsOf } from '../../../model/assertion/facts/facts-of.ts';
import type { SubjectType } from '../../../model/spec/check-spec.ts';
import type { DerivedAssertion } from '../derived.ts';
import type { AnyLooked } from './world.ts';

type Change<T extends SubjectType> = (facts: FactsOf[T]) => FactsOf[T] | 'gone';
type Changes = { readonly [T in SubjectType]?: Readonly<Record<string, Change<T>>> };

const other = (text: string): string => `${text}x`;

/** By subject and matcher: the one fact that it is about, as it must not be. */
const changes: Changes = {
  container: {
    runsImage: facts => ({ ...facts, image: other(facts.image) }),
    runsAs: facts => ({ ...facts, user: '' }),
    isPrivileged: facts => ({ ...facts, privileged: true }),
    canGainPrivileges: facts => ({ ...facts, noNewPrivileges: false }),
    hasNoCapability: facts => ({ ...facts, capabilities: ['SYS_ADMIN'] }),
    hasOnlyCapabilities: facts => ({ ...facts, capabilities: [...facts.capabilities, 'SYS_ADMIN'] }),
    isReadOnly: facts => ({ ...facts, readOnlyRoot: false }),
    hasMemoryLimit: ({ memory = 0, ...facts }) => ({ ...facts, memory: memory + 1 }),
    hasCpuLimit: ({ cpu: _, ...facts }) => facts,
    hasProcessLimit: ({ processes = 0, ...facts }) => ({ ...facts, processes: processes + 1 }),
  },
  port: { listens: () => 'gone' },
  listening: {
    only: ({ sockets }) => ({ sockets: [...sockets, { protocol: 'udp', address: '::', port: 9 }] }),
    none: ({ sockets }) => ({ sockets: [...sockets, { protocol: 'tcp', address: '127.0.0.1', port: 9229 }] }),
  },
  processes: {
    runOnlyAs: ({ processes }) => ({
      processes: [...processes, { pid: 2, uid: 0, user: 'root', command: ['sh'], resident: 1 }],
    }),
  },
  command: { exits: facts => ({ ...facts, exitCode: 1 }) },
  http: { answers: facts => ({ ...facts, status: 503 }) },
  environment: { isSet: () => 'gone', hasValue: ({ value }) => ({ value: other(value) }) },
  file: {
    hasMode: facts => ({ ...facts, mode: facts.mode ^ 0o002 }),
    isOwnedBy: facts => ({ ...facts, uid: facts.uid + 1 }),
    hasSha256: ({ sha256 = '', ...facts }) => ({ ...facts, sha256: other(sha256) }),
  },
  mount: { isMounted: () => 'gone', isReadOnly: facts => ({ ...facts, options: ['rw'] }) },
  mounts: {
    only: ({ mounts }) => ({ mounts: [...mounts, socket] }),
    none: () => ({ mounts: [socket] }),
  },
  image: {
    hasDigest: facts => ({ ...facts, digest: other(facts.digest) }),
    runsAs: facts => ({ ...facts, user: '' }),
    hasNoSecret: facts => ({ ...facts, secrets: ['/root/.ssh/id_ed25519'] }),
    hasNoStraySetId: facts => ({ ...facts, setId: [...(facts.setId ?? []), { path: '/app/become' }] }),
    hasNoWorldWritable: facts => ({ ...facts, writable: ['/etc/passwd'] }),
  },
  user: {
    exists: () => 'gone',
    hasUid: facts => ({ ...facts, uid: facts.uid + 1 }),
    hasGid: facts => ({ ...facts, gid: facts.gid + 1 }),
    hasHome: facts => ({ ...facts, home: other(facts.home) }),
    hasShell: facts => ({ ...facts, shell: other(facts.shell) }),
  },
  package: {
    isInstalled: () => 'gone',
    hasExactVersion: facts => ({ ...facts, version: `${facts.version}.1` }),
  },
};

const socket = { at: '/var/run/docker.sock', filesystem: 'tmpfs', source: 'tmpfs', options: ['rw'] };

/** What is seen once the one fact that an assertion is about is otherwise. */
export function changed({ of, matcher }: DerivedAssertion, looked: AnyLooked): AnyLooked {
  const change = changes[of.type]?.[matcher] as Change<SubjectType> | undefined;
  if (!change || !('facts' in looked))
    throw new Error(`nothing is known of how ${of.type}.${matcher} can be otherwise`);
  const facts = change(looked.facts as never);
  return facts === 'gone' ? { missing: 'it is gone' } : { facts };
}
