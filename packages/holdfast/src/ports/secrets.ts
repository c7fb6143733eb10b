import type { Secret } from '../kit/secret.ts';
import type { Value } from '../model/value.ts';

/** Where an environment's secret values are kept. */
export interface SecretStore {
  /** Undefined when the store has none of that name. */
  read(name: string): Promise<Secret | undefined>;
  /** Durable when it resolves. */
  write(name: string, value: Secret): Promise<void>;
  /** In words, where a person puts a value: `HOLDFAST_SECRET_STRIPE_KEY, or .holdfast/local/secrets/stripe-key`. */
  whereToPut(name: string): string;
  /** The key of this environment under which secrets are hashed. Made at first use; the same ever after. */
  key(): Promise<string>;
}

/** Gives the text of a value, with its secrets in it. For the moment of delivery only. */
export type Reveal = (value: Value) => string;
