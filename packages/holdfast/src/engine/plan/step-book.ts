import type { Address } from '../../model/address.ts';
import type { Seen } from '../../ports/provider.ts';
import type { Match } from './match.ts';
import { append } from './order.ts';
import type { Op, Step, StepOf } from './plan.ts';

export type Draft<O extends Op> = Omit<StepOf<O>, 'id' | 'op' | 'engine' | 'address'>;

/** Takes steps down, and knows which ones stand for what, so that others can come after them. */
export class StepBook {
  readonly steps: Step[] = [];
  /** The last steps of a resource: what needs it comes after them. */
  readonly #ready = new Map<Address, string[]>();
  /** Every step of a resource. */
  readonly #all = new Map<Address, string[]>();
  /** Every step that touches an object that is there, by its id. */
  readonly #touching = new Map<string, string[]>();
  /** Steps on objects that were seen to use another, by the other's id. */
  readonly #using = new Map<string, string[]>();

  add<O extends Op>(op: O, match: Match, draft: Draft<O>, label = ''): string {
    const { wanted, fate, desired } = match;
    const id = [op, wanted.address, label, fate === 'replace' ? desired.uid : ''].filter(Boolean).join(' ');
    const step = { ...draft, id, op, address: wanted.address, engine: wanted.engine, after: unique(draft.after) };
    this.steps.push(step as unknown as Step);
    append(this.#all, wanted.of, id);
    return id;
  }

  /** `of`: the resource in whose place it was. */
  remove(address: Address, seen: Seen, after: readonly string[], of?: Address): string {
    const id = `remove ${address} ${seen.birth?.uid}`;
    this.steps.push({ id, op: 'remove', address, engine: seen.engine, seen, after: unique(after) });
    this.touches(seen, id);
    if (of) append(this.#all, of, id);
    return id;
  }

  touches(seen: Seen | undefined, step: string): void {
    if (!seen) return;
    append(this.#touching, seen.id, step);
    for (const used of seen.uses ?? []) append(this.#using, used, step);
  }

  isReady({ wanted }: Match, step: string): void {
    append(this.#ready, wanted.of, step);
  }

  readyOf(resource: Address): readonly string[] {
    return this.#ready.get(resource) ?? [];
  }

  allOf(resource: Address): readonly string[] {
    return this.#all.get(resource) ?? [];
  }

  /** What must be done before an object can go: all that touches its users. */
  lastUseOf(seen: Seen, users: readonly Seen[]): readonly string[] {
    return [...users.flatMap(user => this.#touching.get(user.id) ?? []), ...(this.#using.get(seen.id) ?? [])];
  }
}

const unique = (ids: readonly string[]): readonly string[] => [...new Set(ids)];
