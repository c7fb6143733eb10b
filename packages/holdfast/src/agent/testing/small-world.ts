import type { Leader, Leadership } from '../../ports/leadership.ts';
import type { Member, Warden } from '../../ports/warden.ts';

/** Lets others go on before and after: an interleaving of the caller's choice. */
export type Turn = <T>(effect: () => T) => Promise<T>;

interface Thing {
  /** `elsewhere`: it lives on another engine. */
  life: Member['life'] | 'elsewhere';
  /** That of its container, or of the last one that it had on this engine. */
  id: string;
  comesBack: boolean;
  heldBy: string | undefined;
  ended: number;
  inOrder: boolean;
}

const newborn = { life: 'alive', comesBack: false, heldBy: undefined, ended: 0, inOrder: false } as const;

/**
 * An engine and a store as small as the contracts of Warden and Leadership allow, for what no real ones can be made to
 * do: every interleaving. It keeps count of what must never happen.
 */
export class SmallWorld {
  readonly members = new Map<string, Thing>();
  readonly wrongs: string[] = [];
  leader: Leader | undefined;
  lock: string | undefined;
  now = 1_000_000;
  #revision = 1;
  /** Of each member that lives, the revision that it leads by. */
  readonly #leadsBy = new Map<string, number>();

  constructor(names: readonly string[]) {
    for (const name of names) this.members.set(name, { id: `id-${name}`, ...newborn });
    this.elect(names[0] as string);
  }

  thing(name: string): Thing {
    return this.members.get(name) as Thing;
  }

  elect(name: string): void {
    this.#revision += 1;
    this.leader = { member: name, revision: this.#revision };
    this.#leadsBy.set(name, this.#revision);
  }

  kill(name: string, inOrder = false): void {
    const thing = this.thing(name);
    if (thing.life !== 'alive') return;
    Object.assign(thing, { life: 'dead', ended: this.now, inOrder });
    this.#leadsBy.delete(name);
    if (inOrder && this.leader?.member === name) this.leader = undefined;
  }

  /** One that was the leader, and still is by its key, writes it anew, as Patroni does. */
  start(name: string): void {
    const thing = this.thing(name);
    if (thing.life !== 'dead') return;
    if (thing.heldBy) throw new Error('address in use');
    Object.assign(thing, { life: 'alive', ended: 0 });
    if (this.leader?.member === name) this.elect(name);
  }

  /** Nothing is left of its container. */
  remove(name: string): void {
    const thing = this.thing(name);
    if (thing.life === 'elsewhere') return;
    thing.life = 'gone';
    this.#leadsBy.delete(name);
  }

  /** As `up` does: another container of that name, here or on another engine. */
  make(name: string, life: 'alive' | 'elsewhere'): void {
    const thing = this.thing(name);
    if (thing.life !== 'gone' || thing.heldBy) return;
    Object.assign(thing, life === 'alive' ? { ...newborn, id: `${thing.id}+` } : { life });
    if (this.leader?.member === name) this.elect(name);
  }

  /** Another container on this engine, wherever it was. */
  bringHome(name: string): void {
    const thing = this.thing(name);
    if (thing.life === 'elsewhere') this.#leadsBy.delete(name);
    if (thing.life === 'elsewhere') thing.life = 'gone';
    this.make(name, 'alive');
  }

  /** What a guardian that was killed held is free, and its lock runs out. */
  forget(guardian: string): void {
    for (const thing of this.members.values()) if (thing.heldBy === guardian) thing.heldBy = undefined;
    if (this.lock === guardian) this.lock = undefined;
  }

  /** Members that live choose, where nobody leads. */
  vote(): void {
    const [first] = [...this.members].filter(([, { life }]) => life === 'alive' || life === 'elsewhere');
    if (!this.leader && first) this.elect(first[0]);
  }

  warden(guardian: string, turn: Turn): Warden {
    return {
      events: async function* () {},
      look: before => turn(() => this.#seen(before)),
      fence: ({ name }) => turn(() => void Object.assign(this.thing(name), { comesBack: false })),
      start: ({ name }) => turn(() => this.start(name)),
      prepare: async () => {},
      takeAddress: ({ name, id }) =>
        turn(() => {
          const thing = this.thing(name);
          if (!['dead', 'gone'].includes(thing.life) || thing.id !== id || thing.heldBy) return false;
          thing.heldBy = guardian;
          return true;
        }),
      giveAddressBack: ({ name }) => turn(() => void Object.assign(this.thing(name), { heldBy: undefined })),
      [Symbol.asyncDispose]: async () => {},
    };
  }

  leadership(guardian: string, turn: Turn): Leadership {
    return {
      read: () => turn(() => this.leader),
      claim: () =>
        turn(() => {
          this.lock ??= guardian;
          return {
            lock: this.lock === guardian ? 'mine' : 'theirs',
            ...(this.leader && { leader: this.leader }),
          } as const;
        }),
      depose: ({ member, revision }) => turn(() => this.#depose(guardian, member, revision)),
      release: () =>
        turn(() => {
          if (this.lock === guardian) this.lock = undefined;
        }),
    };
  }

  #seen(before: Member | undefined): readonly Member[] {
    const all = [...this.members].map(([name, { heldBy, life, ...thing }]) => ({
      ...{ cluster: 'db', name, life, isHeld: heldBy !== undefined, ...thing },
    }));
    const there = all.flatMap(one =>
      one.life === 'gone' || one.life === 'elsewhere' ? [] : { ...one, life: one.life },
    );
    if (!before || there.some(({ id }) => id === before.id)) return there;
    const isHeld = all.some(({ id, isHeld }) => id === before.id && isHeld);
    return [...there, { ...before, life: 'gone', comesBack: false, isHeld }];
  }

  #depose(guardian: string, member: string, revision: number): boolean {
    if (this.lock !== guardian || this.leader?.member !== member || this.leader.revision !== revision) return false;
    if (this.#leadsBy.get(member) === revision)
      this.wrongs.push(`${guardian} deposed ${member}, which lives and leads`);
    this.leader = undefined;
    return true;
  }
}
