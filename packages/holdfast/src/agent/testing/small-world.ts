import type { Leader, Leadership } from '../../ports/leadership.ts';
import type { Member, Warden } from '../../ports/warden.ts';

/** Lets others go on before and after: an interleaving of the caller's choice. */
export type Turn = <T>(effect: () => T) => Promise<T>;

interface Thing {
  life: Member['life'];
  comesBack: boolean;
  heldBy: string | undefined;
  ended: number;
  inOrder: boolean;
}

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
    for (const name of names)
      this.members.set(name, { life: 'alive', comesBack: false, heldBy: undefined, ended: 0, inOrder: false });
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

  /** What a guardian that was killed held is free, and its lock runs out. */
  forget(guardian: string): void {
    for (const thing of this.members.values()) if (thing.heldBy === guardian) thing.heldBy = undefined;
    if (this.lock === guardian) this.lock = undefined;
  }

  /** Members that live choose, where nobody leads. */
  vote(): void {
    const [first] = [...this.members].filter(([, { life }]) => life === 'alive').map(([name]) => name);
    if (!this.leader && first) this.elect(first);
  }

  warden(guardian: string, turn: Turn): Warden {
    return {
      events: async function* () {},
      look: () =>
        turn(() =>
          [...this.members].map(([name, { heldBy, ...thing }]) => ({
            id: `id-${name}`,
            cluster: 'db',
            name,
            isHeld: heldBy !== undefined,
            ...thing,
          })),
        ),
      fence: ({ name }) => turn(() => void Object.assign(this.thing(name), { comesBack: false })),
      start: ({ name }) => turn(() => this.start(name)),
      prepare: async () => {},
      takeAddress: ({ name }) =>
        turn(() => {
          const thing = this.thing(name);
          if (thing.life !== 'dead' || thing.heldBy) return false;
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

  #depose(guardian: string, member: string, revision: number): boolean {
    if (this.lock !== guardian || this.leader?.member !== member || this.leader.revision !== revision) return false;
    if (this.#leadsBy.get(member) === revision)
      this.wrongs.push(`${guardian} deposed ${member}, which lives and leads`);
    this.leader = undefined;
    return true;
  }
}
