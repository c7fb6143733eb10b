import type { Value } from '../value.ts';

/** Marks what stands for a value that is only known later, or is secret. Shared by all copies of the package. */
export const later: unique symbol = Symbol.for('holdfast.value') as never;

export interface Later {
  readonly [later]: Value;
}

export const isLater = (value: unknown): value is Later =>
  typeof value === 'object' && value !== null && later in value;
