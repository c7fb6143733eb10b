import type { Address } from './address.ts';
import { kindOf, nameIn } from './address.ts';
import { type Callee, callSite } from './declaration/call-site.ts';
import { isLater, type Later, later } from './declaration/later.ts';
import { wrong } from './declaration/wrong.ts';
import { isRef, isSecretValue, isText, type Value } from './value.ts';

declare const kindOfValue: unique symbol;

/**
 * A value that is only known when the environment is up: a host, an address, a URL. Pass it on as it is, or compose
 * it with text`…`; printing it while the system is declared throws.
 */
export class Ref<T = string> implements Later {
  declare readonly [kindOfValue]?: T;
  readonly [later]: Value;

  constructor(value: Value) {
    this[later] = value;
  }

  [Symbol.toPrimitive](): never {
    return tooEarly(this[later], this[Symbol.toPrimitive]);
  }

  toString(): never {
    return tooEarly(this[later], this.toString);
  }

  toJSON(): never {
    return tooEarly(this[later], this.toJSON);
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `[${about(this[later])}]`;
  }
}

/** What a resource will be known to have: `refTo('service/db', 'host')`. */
export const refTo = <T = string>(of: Address, what: string, rest?: string): Ref<T> =>
  new Ref<T>({ $ref: { of, what, ...(rest !== undefined && { rest }) } });

/** What may stand where a text is wanted. */
export type ValueInput = string | number | boolean | Later;

export const isValueInput = (value: unknown): value is ValueInput =>
  ['string', 'boolean'].includes(typeof value) || Number.isFinite(value) || isLater(value);

export const toValue = (input: ValueInput): Value => (isLater(input) ? input[later] : String(input));

/** What must be there before a value is known. */
export function needsOf(value: Value): readonly Address[] {
  if (isRef(value)) return [value.$ref.of];
  if (isSecretValue(value)) return [`secret/${value.$secret}`];
  return isText(value) ? value.$text.flatMap(needsOf) : [];
}

function tooEarly(value: Value, callee: Callee): never {
  throw wrong({
    what: `${about(value)} was printed too early`,
    where: callSite(callee),
    why: 'it is only known once the environment is up; `system.ts` merely declares, so there is no text to print yet',
    fix: `compose it with the helper text\`…\` in place of \`…\`, + or JSON.stringify: text\`http://\${db.host}:5432/shop\``,
  });
}

function about(value: Value): string {
  if (isRef(value)) return `the ${value.$ref.what} of ${kindOf(value.$ref.of)} "${nameIn(value.$ref.of)}"`;
  if (isSecretValue(value)) return `the ${value.part ?? 'value'} of secret "${value.$secret}"`;
  return isText(value)
    ? `a text that holds ${about(value.$text.find(part => typeof part !== 'string') ?? '')}`
    : 'a text';
}
