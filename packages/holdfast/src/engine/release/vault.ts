import { type Clock, systemClock } from '../../kit/clock.ts';
import { keyedHash } from '../../kit/hash.ts';
import { Secret } from '../../kit/secret.ts';
import { nameIn } from '../../model/address.ts';
import { backupKeys } from '../../model/backup-keys.ts';
import { isCertificate } from '../../model/generate.ts';
import { journalSecret } from '../../model/reached.ts';
import type { Known } from '../../model/resource.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import { isSecretValue, isText, secretsIn, type Value } from '../../model/value.ts';
import { notYetGenerated, type SealedText } from '../../ports/desires.ts';
import type { SecretStore } from '../../ports/secrets.ts';
import { endsSoon, whyDue } from '../secret/due.ts';
import { inMakingOrder, newText } from '../secret/make.ts';
import { isNarrowed, narrowed } from '../secret/narrow.ts';
import { partIn } from '../secret/part.ts';
import { noValues, unknownValue } from '../secret/refusals.ts';
import { scrubbed } from '../secret/scrub.ts';

/** The keyed hashes of secrets, by name: what facts know of them. */
export type SecretHashes = Readonly<Record<string, string>>;

/** A secret that was made; with the reason where it had a value before. */
export interface Made {
  readonly name: string;
  readonly why?: string;
}

/** The values of an environment's secrets, for the time of one command. */
export class Vault {
  readonly #store: SecretStore;
  readonly #clock: Clock;
  readonly #journal: Secret | undefined;
  /** By name: the value that is meant now. */
  readonly #values = new Map<string, Secret>();
  /** By name: all that the store has, the present one first. */
  readonly #known = new Map<string, readonly Secret[]>();
  /** By name: why the next `up` makes a value anew. */
  readonly #due = new Map<string, string>();
  #hashes: SecretHashes = {};
  #key = '';

  /** `journal`: the URL of the journal, for what reaches it from inside. */
  constructor(store: SecretStore, clock: Clock = systemClock, journal?: Secret) {
    this.#store = store;
    this.#journal = journal;
    this.#clock = clock;
  }

  /** Reads what the model declares. Secrets that nobody has made yet are left out. */
  async open(model: SystemModel): Promise<void> {
    const declared = resourcesOf(model, 'secret');
    if (declared.length === 0 && !this.#journal) return;
    this.#key = await this.#store.key();
    if (this.#journal) this.#know(journalSecret, [this.#journal], this.#journal);
    await Promise.all(declared.map(({ name }) => this.#read(name)));
    this.#due.clear();
    for (const one of inMakingOrder(declared)) this.#judge(one);
  }

  /**
   * From the next opening on, each value is the one that a release had, by the hashes in its fact, as long as the store
   * still has it. What a release goes back to was born with it.
   */
  returnTo(hashes: SecretHashes = {}): void {
    this.#hashes = hashes;
  }

  /** All values of a secret that the store has, by their hashes, the present one first: what {@link returnTo} takes. */
  generations(name: string): readonly string[] {
    return (this.#known.get(name) ?? []).map(this.#hash);
  }

  /** What a release had for its secrets, for its fact. */
  hashes(model: SystemModel): SecretHashes {
    const known = resourcesOf(model, 'secret').flatMap(({ name }) => {
      const value = this.#values.get(name);
      return value ? [[name, this.#hash(value)] as const] : [];
    });
    return Object.fromEntries(known);
  }

  /**
   * The release was kept: nothing goes back any more to what its present values were before. What only the way to them
   * has needed goes with the next release. What backups are encrypted with stays as long as one may want them.
   */
  async settle(model: SystemModel): Promise<void> {
    const declared = resourcesOf(model, 'secret');
    const present = declared
      .map(({ name }) => name)
      .filter(name => this.#values.get(name) === this.#known.get(name)?.[0]);
    const keys = new Set(backupKeys(model));
    const over = present.filter(name => !keys.has(name));
    if (over.length > 0) await this.#store.settle(over);
    for (const [name, text] of narrowed(declared, this.#textOf))
      if (present.includes(name)) await this.#narrow(name, text);
  }

  /** The secrets that are to be generated, and are not there yet. */
  ungenerated(model: SystemModel): readonly Known<'secret'>[] {
    return resourcesOf(model, 'secret').filter(({ name, spec }) => spec.generate && !this.#values.has(name));
  }

  /** In words, what a secret is given in place of the value that had this hash; undefined where it keeps that one. */
  insteadOf(hash: string, name: string): string | undefined {
    const why = this.#due.get(name);
    if (why) return `another one: ${why}`;
    const value = this.#values.get(name);
    if (!value || this.#hash(value) === hash) return undefined;
    const before = this.#known.get(name)?.[1]?.reveal() ?? '';
    return isNarrowed(value.reveal(), before) ? 'the same without what was trusted before' : 'another one';
  }

  /** Makes the secrets that are to be generated and are not there, and those that are due. */
  async generate(model: SystemModel): Promise<readonly Made[]> {
    const due = resourcesOf(model, 'secret').filter(({ name }) => this.#due.has(name));
    const made: Made[] = [];
    for (const one of inMakingOrder([...this.ungenerated(model), ...due])) made.push(await this.#make(one, model));
    return made;
  }

  /** The secrets that a person has to give, and has not given yet. */
  missing(model: SystemModel): readonly Known<'secret'>[] {
    return resourcesOf(model, 'secret').filter(({ name, spec }) => !spec.generate && !this.#values.has(name));
  }

  /** What a person does to give a secret its value, in words. */
  howToGive(name: string): string {
    return this.#store.howToGive(name);
  }

  /** Certificates that end soon, and what is done about it, in words. */
  warnings(model: SystemModel): readonly string[] {
    return resourcesOf(model, 'secret').flatMap(({ name }) => {
      const ends = endsSoon(this.#textOf(name) ?? '', this.#clock());
      if (!ends) return [];
      if (this.#due.has(name)) return [`secret "${name}": ${ends}; the next up makes it anew`];
      const giver = this.#store.standIn(name);
      return giver ? [`secret "${name}": ${ends}; it comes from ${giver}, and Holdfast can't renew it`] : [];
    });
  }

  /** Throws a Problem that lists every secret that a person has to give. */
  require(model: SystemModel): void {
    const missing = this.missing(model);
    if (missing.length > 0) throw noValues(missing, model, name => this.howToGive(name));
  }

  /** With a keyed hash where there is a secret in it. One that is still to be generated has a hash that fits nothing. */
  readonly seal = (value: Value): SealedText => {
    const names = secretsIn(value);
    if (names.length === 0) return { value: typeof value === 'string' ? value : this.reveal(value) };
    const known = names.every(name => this.#values.has(name) && !this.#due.has(name));
    return { value, seal: known ? keyedHash(this.#key, this.reveal(value)) : notYetGenerated };
  };

  /** The text itself. For the moment of delivery. */
  readonly reveal = (value: Value): string => {
    if (typeof value === 'string') return value;
    if (isText(value)) return value.$text.map(this.reveal).join('');
    if (!isSecretValue(value)) throw unknownValue(JSON.stringify(value));
    const text = this.#textOf(value.$secret);
    if (text === undefined) throw unknownValue(value.$secret);
    return partIn(text, value, this.#key);
  };

  /** A text without the values of secrets that it may hold. Very short ones are left: they would be found everywhere. */
  readonly scrub = (text: string): string => scrubbed(text, [...this.#known.values()].flat());

  async #read(name: string): Promise<void> {
    const known = await this.#store.read(name);
    const value = known.find(this.#isReturnedTo(name)) ?? known[0];
    if (value) this.#know(name, known, value);
  }

  #know(name: string, known: readonly Secret[], value: Secret): void {
    this.#known.set(name, known);
    this.#values.set(name, value);
  }

  readonly #isReturnedTo = (name: string) => (value: Secret) => this.#hash(value) === this.#hashes[name];

  /** What a release goes back to is as that release had it, and what stands in can't be made. */
  #judge({ name, spec }: Known<'secret'>): void {
    const value = this.#values.get(name);
    if (!value || this.#isReturnedTo(name)(value) || this.#store.standIn(name)) return;
    const why = whyDue(spec, { text: value.reveal(), by: this.#signerOf(spec), now: this.#clock() });
    if (why) this.#due.set(name, why);
  }

  #signerOf({ generate }: Known<'secret'>['spec']): string | undefined {
    const by = isCertificate(generate) ? nameIn(generate.certificate.by) : '';
    return this.#due.has(by) ? undefined : this.#textOf(by);
  }

  async #make(secret: Known<'secret'>, { name: system, environment }: SystemModel): Promise<Made> {
    const { name } = secret;
    const making = { scope: { system, environment }, now: this.#clock(), textOf: this.#textOf };
    await this.#store.write(name, new Secret(await newText(secret, making)));
    await this.#read(name);
    const why = this.#due.get(name);
    this.#due.delete(name);
    return { name, ...(why && { why }) };
  }

  /** Unless another command has written it meanwhile, or what stands in gives it. */
  async #narrow(name: string, text: string): Promise<void> {
    const [stored] = await this.#store.read(name);
    if (stored?.reveal() === this.#textOf(name) && !this.#store.standIn(name))
      await this.#store.write(name, new Secret(text));
  }

  readonly #textOf = (name: string): string | undefined => this.#values.get(name)?.reveal();

  readonly #hash = (value: Secret): string => keyedHash(this.#key, value.reveal());
}
