/** One stanza of a Packages file, with the fields that matter here as they stand (deb-control(5)). */
export interface PackageRecord {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly essential: boolean;
  /** `required`, `important`, `standard`, `optional`, `extra`; empty where none is given. */
  readonly priority: string;
  readonly multiArch: string;
  readonly preDepends: string;
  readonly depends: string;
  readonly provides: string;
  readonly conflicts: string;
  readonly breaks: string;
  readonly replaces: string;
  /** `Source` as it stands: `openssl`, or `openssl (3.0.17-1)`; empty where it is the package's own name. */
  readonly source: string;
  /** `Filename`. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  /** The suite that it was found in. */
  readonly suite: string;
}

/** What several suites offer for one architecture. Stanzas become records when they are asked for. */
export interface PackageIndex {
  /** Of all packages, in no order. */
  names(): Iterable<string>;
  /** All versions of a package, the newest first; of equal ones that of the suite that was named first. */
  named(name: string): readonly PackageRecord[];
  /** How far into the index a name first stands, as a package's own or in a relation. */
  firstMention(name: string): number;
  /** Packages that provide a name, their own left out. In the order of the index. */
  providersOf(name: string): readonly PackageRecord[];
  /** The newest version of each package that is Essential, or of Priority: required; with what maintainer scripts want. */
  inSet(set: 'essential' | 'minbase'): readonly PackageRecord[];
}
