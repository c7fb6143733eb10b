import type { Secret } from '../kit/secret.ts';
import type { Value } from '../model/value.ts';

/** Where an environment's secret values are kept. */
export interface SecretStore {
  /**
   * The value, and behind it those that it had before, newest first, until they are settled. Empty when the store has
   * none of that name.
   */
  read(name: string): Promise<readonly Secret[]>;
  /** Durable when it resolves. What was the value before stays behind it. */
  write(name: string, value: Secret): Promise<void>;
  /** Takes away what these were before: a release with their present values was kept. Idempotent. */
  settle(names: readonly string[]): Promise<void>;
  /** In words, what a person does to give a value: ``run `holdfast secret set stripe-key` ``. */
  howToGive(name: string): string;
  /** What gives a value in place of the store, such as a variable: what is written is not read. Undefined as a rule. */
  standIn(name: string): string | undefined;
  /** The key of this environment under which secrets are hashed. Made at first use; the same ever after. */
  key(): Promise<string>;
}

/** Gives the text of a value, with its secrets in it. For the moment of delivery only. */
export type Reveal = (value: Value) => string;
