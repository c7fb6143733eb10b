import { type Size, spellSize, toBytes } from '../../../kit/size.ts';
import type { ImageFacts } from '../facts/software.ts';
import type { Matcher } from '../matcher.ts';
import { counted, listed } from '../words/found.ts';
import { count, digest, name, size } from '../words/given.ts';

const hasLayersUpTo: Matcher<ImageFacts, [most: number]> = {
  says: most => `has at most ${counted(most, 'layer')}`,
  denies: most => `has more than ${counted(most, 'layer')}`,
  takes: [count],
  holds: ({ layers }, most) => layers <= most,
  found: ({ layers }) => counted(layers, 'layer'),
};

const isSmallerThan: Matcher<ImageFacts, [size: Size]> = {
  says: most => `is smaller than ${most}`,
  takes: [size],
  holds: (facts, most) => facts.size < toBytes(most),
  found: facts => spellSize(facts.size),
};

const runsAs: Matcher<ImageFacts, [user: string]> = {
  says: user => `runs as ${user}`,
  takes: [name],
  holds: ({ user }, wanted) => (user || 'root') === wanted,
  found: ({ user }) => `user ${user || 'root'}`,
};

const hasDigest: Matcher<ImageFacts, [digest: string]> = {
  says: wanted => `has the digest ${wanted}`,
  takes: [digest],
  holds: (facts, wanted) => facts.digest === wanted,
  found: facts => facts.digest,
};

const hasNoSecret: Matcher<ImageFacts> = {
  says: () => 'has no secret in it',
  denies: () => 'has a secret in it',
  holds: ({ secrets }) => secrets?.length === 0,
  found: ({ secrets = [] }) => listed(secrets, 'none'),
  reads: 'secrets',
};

const hasNoSetId: Matcher<ImageFacts> = {
  says: () => 'has no file with a set-id bit',
  denies: () => 'has a file with a set-id bit',
  holds: ({ setId }) => setId?.length === 0,
  found: ({ setId = [] }) =>
    listed(
      setId.map(file => (file.package ? `${file.path} (of ${file.package})` : file.path)),
      'none',
    ),
  reads: 'setId',
};

const hasNoStraySetId: Matcher<ImageFacts> = {
  says: () => 'has no file with a set-id bit but those of its packages',
  denies: () => 'has a file with a set-id bit that no package brought',
  holds: ({ setId = [] }) => setId.every(file => file.package !== undefined),
  found: ({ setId = [] }) =>
    listed(
      setId.filter(file => file.package === undefined).map(({ path }) => path),
      'none but those of its packages',
    ),
  reads: 'setId',
};

const hasNoWorldWritable: Matcher<ImageFacts> = {
  says: () => 'has no system path that everybody may write to',
  denies: () => 'has a system path that everybody may write to',
  holds: ({ writable }) => writable?.length === 0,
  found: ({ writable = [] }) => listed(writable, 'none'),
  reads: 'writable',
};

/** What can be said of an image as a whole. */
export const imageMatchers = {
  hasLayersUpTo,
  /** All layers unpacked, as in `'200MB'`. */
  isSmallerThan,
  /** As its configuration has it. */
  runsAs,
  /** `'sha256:…'`. */
  hasDigest,
  /** No private key, nor another secret that can be told by its looks. */
  hasNoSecret,
  /** No file, of a package or not, that runs as its owner or group whoever starts it. */
  hasNoSetId,
  /** The same, but for files that a package of the distribution brought: whoever names the package takes them in. */
  hasNoStraySetId,
  /** No program, library or setting, as in /usr and /etc, that every user may change. */
  hasNoWorldWritable,
};
