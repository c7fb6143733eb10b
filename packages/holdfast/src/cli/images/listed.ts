import type { Collection, ImageName, SealState } from './collection.ts';
import { unknownInputs } from './collection.ts';

/** One image as a list has it: a name, and one content of it. */
export interface Listed {
  readonly name: string;
  /** Absent where it was never baked as it is declared now. */
  readonly digest?: string;
  /** Bytes of all layers, uncompressed. */
  readonly size?: number;
  readonly layers?: number;
  /** ISO 8601, UTC. */
  readonly baked?: string;
  readonly seal: 'sealed' | 'none' | 'invalid' | 'refused';
  /** Numbers of the kept releases that have it, newest first. */
  readonly releases: readonly number[];
  /** Whether system.ts declares exactly this now. */
  readonly declared: boolean;
  /** Whether the store has all of it. */
  readonly stored: boolean;
}

type Known = Pick<Collection, 'declared' | 'stored' | 'facts' | 'releases' | 'sealOf'>;

/** Every image that is declared, that a kept release has, or that is in the store under a name that the journal tells. */
export async function listImages(known: Known): Promise<readonly Listed[]> {
  const byContent = Map.groupBy(meant(known), one => `${one.name} ${digestOf(one, known) ?? one.inputs}`);
  const rows = await Promise.all([...byContent.values()].map(same => listed(same, known)));
  return rows.sort(
    (a, b) =>
      compare(a.name, b.name) || Number(b.declared) - Number(a.declared) || compare(b.baked ?? '', a.baked ?? ''),
  );
}

function meant({ declared, releases, facts, stored }: Known): readonly ImageName[] {
  const there = new Set(stored.map(({ inputs }) => inputs));
  const all = [
    ...declared,
    ...releases.flatMap(({ images }) => images),
    ...facts.filter(({ inputs }) => there.has(inputs)).map(({ name, inputs }) => ({ name, inputs })),
  ];
  return [...new Map(all.map(one => [`${one.name} ${one.inputs}`, one])).values()];
}

const digestOf = ({ inputs }: ImageName, { stored, facts }: Known): string | undefined =>
  stored.find(one => one.inputs === inputs)?.image.digest ?? facts.find(one => one.inputs === inputs)?.digest;

async function listed(same: readonly ImageName[], known: Known): Promise<Listed> {
  const [first] = same as [ImageName, ...ImageName[]];
  const { name } = first;
  const inputs = new Set(same.map(one => one.inputs));
  const digest = digestOf(first, known);
  const stored = known.stored.find(one => inputs.has(one.inputs));
  const facts = known.facts.filter(one => one.name === name && inputs.has(one.inputs));
  const baked = facts.find(({ kind }) => kind === 'image.baked')?.at;
  const isOf = (one: ImageName): boolean => one.name === name && inputs.has(one.inputs) && one.inputs !== unknownInputs;
  return {
    name,
    ...(digest !== undefined && { digest }),
    ...(stored && {
      size: stored.image.layers.reduce((sum, { size }) => sum + size, 0),
      layers: stored.image.layers.length,
    }),
    ...(baked !== undefined && { baked }),
    seal: sealWord(stored ? await known.sealOf(stored.image.digest) : { is: 'none' }, facts),
    releases: known.releases.filter(({ images }) => images.some(isOf)).map(({ number }) => number),
    declared: known.declared.some(one => one.name === name && inputs.has(one.inputs)),
    stored: stored?.isThere ?? false,
  };
}

function sealWord({ is }: SealState, facts: Known['facts']): Listed['seal'] {
  // What was refused last is not what an older seal, or one of the same image under another name, says.
  if (facts.find(({ kind }) => kind !== 'image.baked')?.kind === 'image.refused') return 'refused';
  return is;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
