import type { Json } from '../kit/json.ts';
import type { Address } from './address.ts';
import { Call, declare } from './declaration/call.ts';
import { addressOfHandle, Handle, isHandle } from './declaration/handle.ts';
import { isLabel } from './declaration/label.ts';
import { isLater, type Later } from './declaration/later.ts';
import { type CommonOptions, common } from './declaration/options.ts';
import { members } from './declaration/rule.ts';
import { spell, spellPath } from './declaration/spell.ts';
import { needsOf, type Ref, refTo, toValue } from './ref.ts';

/** Plain data that may hold handles, Refs and secrets at any depth. */
export type Inputs = Json | Later | Handle | readonly Inputs[] | { readonly [key: string]: Inputs };

/** Stands for a resource of a third party's kind. */
export class ThingHandle<K extends string = string> extends Handle<K> {
  /** What its provider will tell once it is there. */
  ref<T = string>(what: string): Ref<T> {
    return refTo<T>(addressOfHandle(this), what);
  }
}

const schema = members(common);

const ownKinds = [
  'network',
  'volume',
  'image',
  'service',
  'migration',
  'job',
  'database',
  'role',
  'extension',
  'routes',
  'secret',
  'team',
  'upstream',
  'check',
  'promise',
];

/** Declares a resource of a kind that a third party's provider makes real. */
export function resource<const K extends string>(
  kind: K,
  name: string,
  inputs: Inputs = {},
  options: CommonOptions = {},
): ThingHandle<K> {
  const call = new Call(kind, name, resource);
  if (!isLabel(kind) || ownKinds.includes(kind)) call.refuse(wrongKind(kind));
  declare(call, schema, options, () => {
    const reading = new Reading(call);
    return { spec: reading.plain(inputs, []), needs: reading.needs };
  });
  return new ThingHandle(kind, name);
}

const wrongKind = (kind: unknown) => ({
  what: `resource(…) was given ${spell(kind)} as its kind`,
  why: ownKinds.includes(String(kind))
    ? 'Holdfast has that kind itself, and checks what it is given'
    : 'a kind is the name by which its provider in holdfast.config.ts is found: lower-case letters, digits and hyphens',
  fix: ownKinds.includes(String(kind))
    ? `call ${String(kind)}(…)`
    : "write it as in resource('dns-record', 'www', { … })",
});

/** Turns inputs into plain data, and gathers what they need on the way. */
class Reading {
  readonly needs: Address[] = [];
  readonly #call: Call;
  readonly #inside = new Set<object>();

  constructor(call: Call) {
    this.#call = call;
  }

  plain(input: unknown, path: readonly PropertyKey[]): unknown {
    if (typeof input === 'string' || typeof input === 'boolean' || input === null) return input;
    if (typeof input === 'number' && Number.isFinite(input)) return input;
    if (isLater(input)) return this.#later(input);
    if (isHandle(input)) return this.#need(addressOfHandle(input));
    if (isPlain(input) && !this.#inside.has(input)) return this.#each(input, path);
    return this.#refuse(input, path);
  }

  #later(input: Later): unknown {
    const value = toValue(input);
    this.needs.push(...needsOf(value));
    return value;
  }

  #need(address: Address): Address {
    this.needs.push(address);
    return address;
  }

  #each(input: object, path: readonly PropertyKey[]): unknown {
    this.#inside.add(input);
    const plain = Array.isArray(input)
      ? input.map((item, index) => this.plain(item, [...path, index]))
      : Object.fromEntries(
          Object.entries(input)
            .filter(([, item]) => item !== undefined)
            .map(([key, item]) => [key, this.plain(item, [...path, key])]),
        );
    this.#inside.delete(input);
    return plain;
  }

  #refuse(input: unknown, path: readonly PropertyKey[]): null {
    const circular = isPlain(input);
    const place = path.length > 0 ? ` → ${spellPath(path)}` : '';
    this.#call.refuse({
      what: `${this.#call.kind} "${this.#call.name}"${place} is ${circular ? 'an object that holds itself' : spell(input)}`,
      why: 'inputs are compared, stored in the journal and shown: they are plain data, as JSON has it',
      fix: 'give texts, finite numbers, booleans, null, arrays, plain objects, Refs, secrets and handles',
    });
    return null;
  }
}

const isPlain = (input: unknown): input is object =>
  typeof input === 'object' &&
  input !== null &&
  [Object.prototype, Array.prototype, null].includes(Object.getPrototypeOf(input));
