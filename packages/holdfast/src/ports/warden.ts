/** A container that is a member of a database cluster, as the engine has it. */
export interface Member {
  /** The engine's own id. */
  readonly id: string;
  readonly cluster: string;
  /** What its cluster calls it: `db-1`. */
  readonly name: string;
  /**
   * One that is frozen is alive: it goes on where it stopped. `unborn`: created, and never started. `gone`: the engine has
   * no such container any more, so that nothing can start it.
   */
  readonly life: 'alive' | 'dead' | 'unborn' | 'gone';
  /** Whether the engine would start it again by itself. */
  readonly comesBack: boolean;
  /** Whether it ended as one does that is asked to, and not by a crash or a kill. */
  readonly inOrder: boolean;
  /** When it ended, in milliseconds since 1970; 0 while it lives. */
  readonly ended: number;
  /** Whether something else answers at its address, with a reset for whatever is asked. */
  readonly isHeld: boolean;
}

/**
 * What an engine tells of members as it happens. `stopped` follows `died` where somebody asked for the end, and `removed`
 * where nothing is left of it.
 */
export interface MemberEvent {
  readonly what: 'died' | 'stopped' | 'started' | 'removed';
  readonly id: string;
  readonly cluster: string;
}

/**
 * Keeps the members of one environment's database clusters on one engine. Idempotent throughout; a container that is
 * gone is no error. Every implementation passes `ports/conformance/warden.ts`.
 */
export interface Warden extends AsyncDisposable {
  /** From the moment that `listening` is called until the signal, which ends it quietly. Throws when the engine goes away. */
  events(signal: AbortSignal, listening?: () => void): AsyncIterable<MemberEvent>;

  /**
   * All members as they are now. One that was seen before is among them as `gone` where the engine says that it has no such
   * container, asked for it by its id: not to be listed proves nothing. Throws a Problem where the engine does not answer.
   */
  look(before?: Member): Promise<readonly Member[]>;

  /** Sees to it that the engine does not start it by itself. */
  fence(member: Member): Promise<void>;

  /** Starts it. Throws a Problem where it can't be, as long as its address is held. */
  start(member: Member): Promise<void>;

  /** Makes ready what taking an address needs, so that it takes no time when it must not. */
  prepare(): Promise<void>;

  /**
   * Answers at the address of a dead member with resets, so that whoever asks there learns at once; also of one that is
   * gone, if this warden has seen it before. Held by this process alone: when it is killed, the address is free. False
   * where it can't be, as for a member that lives.
   */
  takeAddress(member: Member): Promise<boolean>;

  /** Lets go of the address, whoever holds it. */
  giveAddressBack(member: Member): Promise<void>;
}
