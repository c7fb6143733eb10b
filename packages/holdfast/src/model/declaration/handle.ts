import type { Address } from '../address.ts';
import { address } from '../address.ts';
import { type Callee, callSite } from './call-site.ts';
import { wrong } from './wrong.ts';

const mark: unique symbol = Symbol.for('holdfast.handle') as never;

/** Stands for a declared resource. Passing it to another one makes that one depend on it. */
export class Handle<K extends string = string> {
  readonly kind: K;
  readonly name: string;
  readonly [mark]: Address;

  constructor(kind: K, name: string) {
    this.kind = kind;
    this.name = name;
    this[mark] = address(kind, name);
  }

  [Symbol.toPrimitive](): never {
    return notText(this, this[Symbol.toPrimitive]);
  }

  toString(): never {
    return notText(this, this.toString);
  }

  toJSON(): never {
    return notText(this, this.toJSON);
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `[${subject(this.kind, this.name)}]`;
  }
}

export const subject = (kind: string, name: string): string => `${kind} "${name}"`;

export const isHandle = (value: unknown): value is Handle =>
  typeof value === 'object' && value !== null && mark in value;

export const isHandleOf =
  <K extends string>(kind: K) =>
  (value: unknown): value is Handle<K> =>
    isHandle(value) && value.kind === kind;

export const addressOfHandle = (handle: Handle): Address => handle[mark];

function notText({ kind, name }: Handle, callee: Callee): never {
  throw wrong({
    what: `${subject(kind, name)} was used as a text`,
    where: callSite(callee),
    why: 'it is a handle: it stands for what will run, and has no text of its own',
    fix: fixes[kind] ?? 'pass the handle itself to the resource that needs it',
  });
}

const fixes: Readonly<Record<string, string>> = {
  service: `name what of it you mean, such as its \`.host\`, and compose it with text\`…\`: text\`http://\${web.host}:8080\``,
  secret: `compose it with text\`…\`, which keeps it sealed: text\`postgres://shop:\${password}@\${db.host}/shop\``,
};
