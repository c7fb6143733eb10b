import type { Address } from '../../model/address.ts';
import type { Birth, Seen } from '../../ports/provider.ts';

/** What our objects are called, and what they were called before: a label tells the first name, facts those since. */
export class Names {
  readonly #given: ReadonlyMap<string, readonly Address[]>;

  /** `given`: by uid the names that an object was given after its birth, in order. */
  constructor(given: ReadonlyMap<string, readonly Address[]> = new Map()) {
    this.#given = given;
  }

  /** The address that it is known by; undefined where it is not ours. */
  of({ birth }: Seen): Address | undefined {
    return birth && this.ofBirth(birth);
  }

  ofBirth({ uid, bornAs }: Birth): Address {
    return this.#given.get(uid)?.at(-1) ?? bornAs;
  }

  /** The addresses that it was known by and is no longer. */
  before(seen: Seen): readonly Address[] {
    const { birth } = seen;
    const given = birth && this.#given.get(birth.uid);
    return given ? [...new Set([birth.bornAs, ...given])].filter(name => name !== this.of(seen)) : [];
  }

  /** With further names. */
  and(renames: readonly { readonly uid: string; readonly to: Address }[]): Names {
    const given = new Map(this.#given);
    for (const { uid, to } of renames) given.set(uid, [...(given.get(uid) ?? []), to]);
    return new Names(given);
  }

  /** Whether it is an instance of the service. */
  isOf(service: Address, seen: Seen): boolean {
    return this.of(seen)?.startsWith(`instance/${service.slice(service.indexOf('/') + 1)}.`) ?? false;
  }
}
