import { keyedHash } from '../../kit/hash.ts';
import { password } from '../../kit/password.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { Secret } from '../../kit/secret.ts';
import type { Known } from '../../model/resource.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import { isSecretValue, isText, secretsIn, type Value } from '../../model/value.ts';
import { notYetGenerated, type SealedText } from '../../ports/desires.ts';
import type { SecretStore } from '../../ports/secrets.ts';

/** The keyed hashes of secrets, by name: what facts know of them. */
export type SecretHashes = Readonly<Record<string, string>>;

/** The values of an environment's secrets, for the time of one command. */
export class Vault {
  readonly #store: SecretStore;
  /** By name: the value that is meant now. */
  readonly #values = new Map<string, Secret>();
  /** By name: all that the store has, the present one first. */
  readonly #known = new Map<string, readonly Secret[]>();
  #hashes: SecretHashes = {};
  #key = '';

  constructor(store: SecretStore) {
    this.#store = store;
  }

  /** Reads what the model declares. Secrets that nobody has made yet are left out. */
  async open(model: SystemModel): Promise<void> {
    const declared = resourcesOf(model, 'secret');
    if (declared.length === 0) return;
    this.#key = await this.#store.key();
    await Promise.all(declared.map(({ name }) => this.#read(name)));
  }

  /**
   * From the next opening on, each value is the one that a release had, by the hashes in its fact, as long as the store
   * still has it. What a release goes back to was born with it.
   */
  returnTo(hashes: SecretHashes = {}): void {
    this.#hashes = hashes;
  }

  /** What a release had for its secrets, for its fact. */
  hashes(model: SystemModel): SecretHashes {
    const known = resourcesOf(model, 'secret').flatMap(({ name }) => {
      const value = this.#values.get(name);
      return value ? [[name, this.#hash(value)] as const] : [];
    });
    return Object.fromEntries(known);
  }

  /** The release was kept: nothing goes back any more to what its present values were before. */
  async settle(model: SystemModel): Promise<void> {
    const present = resourcesOf(model, 'secret')
      .map(({ name }) => name)
      .filter(name => this.#values.get(name) === this.#known.get(name)?.[0]);
    if (present.length > 0) await this.#store.settle(present);
  }

  /** The secrets that are to be generated, and are not there yet. */
  ungenerated(model: SystemModel): readonly Known<'secret'>[] {
    return resourcesOf(model, 'secret').filter(({ name, spec }) => spec.generate && !this.#values.has(name));
  }

  /** Makes the secrets that are to be generated and are not there; returns their names. */
  async generate(model: SystemModel): Promise<readonly string[]> {
    const missing = this.ungenerated(model);
    for (const { name, spec } of missing) await this.#store.write(name, new Secret(password(spec.generate ?? 0)));
    await Promise.all(missing.map(({ name }) => this.#read(name)));
    return missing.map(({ name }) => name);
  }

  /** The secrets that a person has to give, and has not given yet. */
  missing(model: SystemModel): readonly Known<'secret'>[] {
    return resourcesOf(model, 'secret').filter(({ name, spec }) => !spec.generate && !this.#values.has(name));
  }

  /** What a person does to give a secret its value, in words. */
  howToGive(name: string): string {
    return this.#store.howToGive(name);
  }

  /** Throws a Problem that lists every secret that a person has to give. */
  require(model: SystemModel): void {
    const missing = this.missing(model);
    if (missing.length === 0) return;
    throw new Problem({
      what: `no value for ${missing.map(({ name }) => `secret "${name}"`).join(', ')}`,
      ...(missing[0]?.at && { where: missing[0].at }),
      why: `environment "${model.environment}" does not have it yet, and it is not one that Holdfast generates`,
      fix: missing.map(({ name }) => `for "${name}", ${this.howToGive(name)}`).join('; '),
      exit: exitCode.wrongUse,
    });
  }

  /** With a keyed hash where there is a secret in it. One that is still to be generated has a hash that fits nothing. */
  readonly seal = (value: Value): SealedText => {
    const names = secretsIn(value);
    if (names.length === 0) return { value: typeof value === 'string' ? value : this.reveal(value) };
    const known = names.every(name => this.#values.has(name));
    return { value, seal: known ? keyedHash(this.#key, this.reveal(value)) : notYetGenerated };
  };

  /** The text itself. For the moment of delivery. */
  readonly reveal = (value: Value): string => {
    if (typeof value === 'string') return value;
    if (isText(value)) return value.$text.map(this.reveal).join('');
    if (isSecretValue(value)) return this.#values.get(value.$secret)?.reveal() ?? unknown(value.$secret);
    return unknown(JSON.stringify(value));
  };

  /** A text without the values of secrets that it may hold. Very short ones are left: they would be found everywhere. */
  readonly scrub = (text: string): string => {
    const values = [...this.#known.values()].flat().map(secret => secret.reveal());
    return values
      .filter(({ length }) => length >= shortest)
      .reduce((clean, value) => clean.replaceAll(value, '[secret]'), text);
  };

  async #read(name: string): Promise<void> {
    const known = await this.#store.read(name);
    const value = known.find(one => this.#hash(one) === this.#hashes[name]) ?? known[0];
    if (!value) return;
    this.#known.set(name, known);
    this.#values.set(name, value);
  }

  readonly #hash = (value: Secret): string => keyedHash(this.#key, value.reveal());
}

/** From this length on a value is looked for in what instances say. */
const shortest = 4;

function unknown(what: string): never {
  throw new Problem({ what: `the value of ${what} is not known`, exit: exitCode.failed });
}
