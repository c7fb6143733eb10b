import * as z from 'zod/mini';
import { Call, declare } from './declaration/call.ts';
import { Handle } from './declaration/handle.ts';
import { type Later, later } from './declaration/later.ts';
import { type CommonOptions, common } from './declaration/options.ts';
import { members } from './declaration/rule.ts';
import { Ref } from './ref.ts';
import { wholeNumber } from './rules.ts';
import type { SecretSpec } from './spec/small-specs.ts';
import type { SecretPart, SecretValue } from './value.ts';

/** A secret may stand wherever a text may that reaches a container; it is read at the last moment. */
export class SecretHandle extends Handle<'secret'> implements Later {
  readonly [later]: SecretValue;

  constructor(name: string) {
    super('secret', name);
    this[later] = { $secret: name };
  }

  /** Eight hexadecimal digits that are others after each rotation: names what must be there in two generations at once. */
  get mark(): Ref {
    return partOf(this, 'mark');
  }
}

/** A part of a secret that is made of several. */
export const partOf = ({ name }: Handle<'secret'>, part: SecretPart): Ref => new Ref({ $secret: name, part });

export interface SecretOptions extends CommonOptions {
  /** Let Holdfast make it at first use, with so many characters. Without it, a person puts the value in. */
  readonly generate?: number;
}

const generate = wholeNumber(16, 1_024, 'a secret of fewer than 16 characters can be guessed');
const schema = members({ ...common, generate: z.optional(generate) });

/** A value that nobody may read but the container it is for. */
export function secret(name: string, options: SecretOptions = {}): SecretHandle {
  declare(new Call('secret', name, secret), schema, options, () => ({
    spec: (options.generate ? { generate: options.generate } : {}) satisfies SecretSpec,
    needs: [],
  }));
  return new SecretHandle(name);
}
