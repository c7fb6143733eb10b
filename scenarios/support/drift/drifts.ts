import { docker } from '../project.ts';
import { deleteUnderIts, type Hands, runOn, takeItsTag, untag } from './hands.ts';

/** One thing done by hand, and what a plan must say of it. */
export interface Drift {
  readonly sentence: string;
  act(hands: Hands): Promise<unknown>;
  /** In the plan's own words, whatever the breaks of its lines. */
  readonly says: RegExp;
  /** The changes that `--json` must tell of; none for what is left alone. */
  readonly tells: readonly { readonly address: string; readonly action: string; readonly aspect?: RegExp }[];
  /** What is not ours: its name is told, and it stays as it is. */
  readonly stranger?: (hands: Hands) => string;
}

const mebibyte = 2 ** 20;

export const drifts: readonly Drift[] = [
  {
    sentence: 'a container stopped',
    act: async hands => (await hands.container('web.1')).stop({ t: 0 }),
    says: /\(web\.1\b.* status exited \(\d+\) → running/,
    tells: [{ address: 'instance/web.1', action: 'change', aspect: /status/ }],
  },
  {
    sentence: 'a container removed',
    act: async hands => (await hands.container('web.3')).remove({ force: true, v: true }),
    says: /create service\/web 1 of 3 instances \(web\.3\)/,
    tells: [{ address: 'instance/web.3', action: 'create' }],
  },
  {
    sentence: 'a container renamed',
    act: async hands => (await hands.container('worker.1')).rename({ name: hands.own('renamed') }),
    says: /(?:change|replace) service\/worker.* name \S+-by-hand-renamed → \S+-worker-1-/,
    tells: [{ address: 'instance/worker.1', action: 'change', aspect: /name/ }],
  },
  {
    sentence: 'a container paused',
    act: async hands => (await hands.container('store.1')).pause(),
    says: /(?:change|replace) service\/store.* status paused → running/,
    tells: [{ address: 'instance/store.1', action: 'change', aspect: /status/ }],
  },
  {
    sentence: 'its memory limit changed',
    act: async hands => (await hands.container('web.2')).update({ Memory: 128 * mebibyte, MemorySwap: 128 * mebibyte }),
    says: /\bweb\.2\).* memory limit 134\S* \S*B? ?\(134217728 bytes\) → .*\(67108864 bytes\)/,
    tells: [{ address: 'instance/web.2', action: 'change', aspect: /memory limit/ }],
  },
  {
    sentence: 'its restart policy changed',
    act: async hands => (await hands.container('door.1')).update({ RestartPolicy: { Name: 'no' } }),
    says: /change service\/door.* restart policy no → always/,
    tells: [{ address: 'instance/door.1', action: 'change', aspect: /restart policy/ }],
  },
  {
    sentence: 'a network disconnected from it',
    act: async hands =>
      (await hands.network('lan')).disconnect({ Container: (await hands.container('web.2')).id, Force: true }),
    says: /\(web\.2\).* network \S+-lan-\S+ not connected → connected/,
    tells: [{ address: 'instance/web.2', action: 'change', aspect: /^network / }],
  },
  {
    sentence: 'the network deleted under it',
    act: async hands => deleteUnderIts(await hands.network('back')),
    says: /create network\/back.* service\/worker.* network \S+-back-\S+ not connected → connected/,
    tells: [
      { address: 'network/back', action: 'create' },
      { address: 'instance/worker.1', action: 'replace', aspect: /^network / },
      { address: 'instance/store.1', action: 'replace', aspect: /^network / },
    ],
  },
  {
    sentence: 'an image untagged',
    act: async hands => untag(await hands.reference('tiny')),
    says: /change image\/tiny tag untagged → \S*tiny:\S+/,
    tells: [{ address: 'image/tiny', action: 'change', aspect: /tag/ }],
  },
  {
    sentence: 'its tag taken by another image',
    act: async hands => takeItsTag(await hands.reference('tiny'), hands.own('intruder')),
    says: /change image\/tiny tag untagged → \S*tiny:\S+/,
    tells: [{ address: 'image/tiny', action: 'change', aspect: /tag/ }],
  },
  {
    sentence: 'the edge stopped',
    act: async hands => (await hands.container('door.1')).stop({ t: 0 }),
    says: /change service\/door.* status exited \(\d+\) → running/,
    tells: [{ address: 'instance/door.1', action: 'change', aspect: /status/ }],
  },
  {
    sentence: 'the edge removed',
    act: async hands => (await hands.container('door.1')).remove({ force: true, v: true }),
    says: /create service\/door/,
    tells: [{ address: 'instance/door.1', action: 'create' }],
  },
  {
    sentence: 'a container started by hand on our network',
    act: async hands => runOn(await hands.network('lan'), await hands.reference('tiny'), hands.own('stray')),
    says: /on our networks and not ours: container \S+-by-hand-stray/,
    tells: [],
    stranger: hands => hands.own('stray'),
  },
  {
    sentence: 'a volume made by hand',
    act: async hands => docker.createVolume({ Name: hands.own('data') }),
    says: /not ours: /,
    tells: [],
    stranger: hands => hands.own('data'),
  },
];

/** Those that can be done at once: each to another object. */
export const atOnce: readonly Drift[] = [
  'a container stopped',
  'a container removed',
  'a container renamed',
  'a container paused',
  'its memory limit changed',
  'its restart policy changed',
  'the network deleted under it',
  'a container started by hand on our network',
  'an image untagged',
  'a volume made by hand',
].flatMap(sentence => drifts.find(drift => drift.sentence === sentence) ?? []);
