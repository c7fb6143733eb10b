import type { LockedPackage } from '../../../ports/distribution.ts';
import type { PackageIndex, PackageRecord } from '../index/package-record.ts';
import { recordOf } from './below.ts';
import { isConflict, type Need, needsOf } from './need.ts';
import { isSame, type Package } from './package.ts';
import { compareProviders } from './prefer.ts';
import { isMetBy, parseRelations, type Relation } from './relation.ts';

/** Which version of a package is meant: the chosen one, or the one that may be chosen. */
export type Pick = (pack: Package) => PackageRecord | undefined;

export const chosen: Pick = pack => pack.chosen;
export const candidate: Pick = pack => pack.candidate;

interface Provider {
  readonly record: PackageRecord;
  /** As Provides says; none where it has no version. */
  readonly version: string | undefined;
}

/** All that an index offers, as far as it was looked at, with the decisions on it. */
export class Packages {
  readonly architecture: string;
  readonly #index: PackageIndex;
  readonly #below: ReadonlyMap<string, LockedPackage>;
  readonly #packages = new Map<string, Package>();
  readonly #needs = new Map<PackageRecord, readonly Need[]>();
  readonly #providers = new Map<string, readonly Provider[]>();

  constructor(index: PackageIndex, architecture: string, below: readonly LockedPackage[]) {
    this.architecture = architecture;
    this.#index = index;
    this.#below = new Map(below.map(locked => [locked.name, locked]));
    for (const { name } of below) this.named(name);
  }

  /** Also of a name that no package has. */
  named(name: string): Package {
    const known = this.#packages.get(name);
    if (known) return known;
    const pack = this.#open(name);
    this.#packages.set(name, pack);
    return pack;
  }

  #open(name: string): Package {
    const versions = this.#index.named(name);
    const locked = this.#below.get(name);
    const below = locked && recordOf(locked, versions);
    const guarded = false;
    return { name, versions, below, candidate: below ?? versions[0], chosen: below, guarded, because: undefined };
  }

  names(): readonly string[] {
    return [...this.#index.names()];
  }

  /** Those that were looked at. */
  all(): readonly Package[] {
    return [...this.#packages.values()];
  }

  needs(record: PackageRecord): readonly Need[] {
    const known = this.#needs.get(record);
    if (known) return known;
    const needs = needsOf(record);
    this.#needs.set(record, needs);
    return needs;
  }

  /** Whether one of the alternatives is there; of a conflict, whether what it refuses is. */
  isThere(need: Need, pick: Pick): boolean {
    return need.oneOf.some(relation => this.#matching(need, relation, pick).next().done === false);
  }

  /** Whether a need of a chosen package is fulfilled as things stand. */
  isFulfilled(need: Need): boolean {
    return this.isThere(need, chosen) !== isConflict(need);
  }

  /** Everything that could serve, in apt's order, without what was refused for good. Of a conflict: all that it refuses. */
  solutions(need: Need, pick: Pick): readonly Package[] {
    return this.matches(need, pick).filter(pack => isConflict(need) || !pack.guarded || pack.chosen !== undefined);
  }

  /** Everything that matches: what is installed first, then by alternative, then the better provider. */
  matches(need: Need, pick: Pick): readonly Package[] {
    const found = need.oneOf.flatMap(relation =>
      [...new Set(this.#matching(need, relation, pick))].sort(this.#inOrder(relation.name)),
    );
    return [...new Set([...found.filter(({ below }) => below), ...found])];
  }

  #inOrder(name: string): (a: Package, b: Package) => number {
    const mentioned = (pack: Package) => this.#index.firstMention(pack.name);
    const better = compareProviders(name);
    return (a, b) => better(a, b) || mentioned(b) - mentioned(a);
  }

  *#matching(need: Need, relation: Relation, pick: Pick): Generator<Package> {
    const itself = isConflict(need) ? need.of.name : undefined;
    if (relation.name !== itself && this.#isMetByName(relation, pick)) yield this.named(relation.name);
    for (const { record, version } of this.providers(relation.name)) {
      if (record.name === itself || !this.#fits(relation, record) || !isMetBy(relation, version)) continue;
      const provider = this.named(record.name);
      if (isOf(provider, record, pick(provider))) yield provider;
    }
  }

  #isMetByName(relation: Relation, pick: Pick): boolean {
    const record = pick(this.named(relation.name));
    return record !== undefined && this.#fits(relation, record) && isMetBy(relation, record.version);
  }

  /** `:any` asks for a package that says it may serve any architecture. */
  #fits({ qualifier }: Relation, { multiArch }: PackageRecord): boolean {
    if (qualifier === 'any') return multiArch === 'allowed';
    return qualifier === undefined || qualifier === 'native' || qualifier === this.architecture;
  }

  providers(name: string): readonly Provider[] {
    const known = this.#providers.get(name);
    if (known) return known;
    const providers = this.#index.providersOf(name).flatMap(record => provisions(record, name));
    this.#providers.set(name, providers);
    return providers;
  }
}

function provisions(record: PackageRecord, name: string): Provider[] {
  return parseRelations(record.provides)
    .flat()
    .filter(relation => relation.name === name)
    .map(({ version }) => ({ record, version: version?.than }));
}

/** What is below is known by the newest stanza where its own is gone. */
function isOf({ below, versions }: Package, stanza: PackageRecord, picked: PackageRecord | undefined): boolean {
  if (isSame(picked, stanza)) return true;
  const hasOwn = versions.some(version => isSame(version, below));
  return picked !== undefined && picked === below && !hasOwn && isSame(versions[0], stanza);
}
