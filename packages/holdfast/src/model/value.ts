import type { Json } from '../kit/json.ts';
import { type Address, kindOf } from './address.ts';

/** A value as a declaration holds it: known now, known later, or secret. Plain data. */
export type Value = string | RefValue | SecretValue | TextValue;

/** What `of` is only known to when the environment gives it: a host, a port, a URL. */
export interface RefValue {
  readonly $ref: { readonly of: Address; readonly what: string; readonly rest?: string };
}

/** The value of a declared secret, read at the last moment. */
export interface SecretValue {
  readonly $secret: string;
}

/** Several values joined into one text. */
export interface TextValue {
  readonly $text: readonly Value[];
}

const has = <K extends string>(value: unknown, key: K): value is Record<K, Json> =>
  typeof value === 'object' && value !== null && key in value;

export const isRef = (value: unknown): value is RefValue => has(value, '$ref');
export const isSecretValue = (value: unknown): value is SecretValue => has(value, '$secret');
export const isText = (value: unknown): value is TextValue => has(value, '$text');

/** Whether it is an address that is kept for who asks for it: one of a fixed network. */
export const isFixedAddress = (value: Value): value is RefValue =>
  isRef(value) && value.$ref.what === 'address' && kindOf(value.$ref.of) === 'network';

/** The names of the secrets that a value is made of. */
export function secretsIn(value: Value): readonly string[] {
  if (isSecretValue(value)) return [value.$secret];
  return isText(value) ? value.$text.flatMap(secretsIn) : [];
}
