import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Member, MemberEvent, Warden } from '../warden.ts';

/** A real engine with members of a cluster on it, and what a test must be able to do behind the warden's back. */
export interface WardenBench extends AsyncDisposable {
  /** The warden of another process's, with nothing in common but the engine. */
  open(): Warden;
  /** Runs another member, unique among tests, and gives its id. */
  member(): Promise<string>;
  /** Something of the scope that is no member, and a member of another scope. */
  strangers(): Promise<readonly string[]>;
  kill(id: string): Promise<void>;
  /** Asks it to end, and gives it the time. */
  stop(id: string): Promise<void>;
  freeze(id: string): Promise<void>;
  /** Lets the engine start it again by itself, should it end. */
  letComeBack(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** What one hears who dials a port of the member's address. */
  dial(id: string): Promise<'refused' | 'silent'>;
  /** Opens a warden in a process of its own, which takes the address of a member, and is then killed. */
  killedHolder(id: string): Promise<void>;
}

export function wardenConformance(name: string, setup: () => Promise<WardenBench>): void {
  describe(`${name} conforms to the contract of wardens`, () => {
    let bench: WardenBench;
    let warden: Warden;
    beforeAll(async () => {
      bench = await setup();
      warden = bench.open();
    });
    afterAll(async () => {
      await warden?.[Symbol.asyncDispose]();
      await bench?.[Symbol.asyncDispose]();
    });

    const seen = async (id: string, by = warden): Promise<Member> => {
      const found = (await by.look()).find(member => member.id === id);
      if (!found) throw new Error(`${id} is not seen`);
      return found;
    };
    const dead = async (): Promise<Member> => {
      const id = await bench.member();
      await bench.kill(id);
      return seen(id);
    };

    test('members are seen, and nothing else is', async () => {
      const id = await bench.member();
      const strangers = await bench.strangers();
      expect(await seen(id)).toMatchObject({ life: 'alive', comesBack: false, ended: 0, isHeld: false });
      const ids = (await warden.look()).map(member => member.id);
      expect(strangers.filter(one => ids.includes(one))).toEqual([]);
    });

    test('one that was killed is dead, one that was asked to end is dead in order, and one that is frozen lives', async () => {
      const [killed, stopped, frozen] = [await bench.member(), await bench.member(), await bench.member()];
      await Promise.all([bench.kill(killed), bench.stop(stopped), bench.freeze(frozen)]);
      expect(await seen(killed)).toMatchObject({ life: 'dead', inOrder: false });
      expect(await seen(stopped)).toMatchObject({ life: 'dead', inOrder: true });
      expect(await seen(frozen)).toMatchObject({ life: 'alive' });
    });

    test('what happens to members is heard of, and ends quietly with the signal', async () => {
      const over = new AbortController();
      const { promise: listening, resolve } = Promise.withResolvers<void>();
      const heard: MemberEvent[] = [];
      const listen = (async () => {
        for await (const event of warden.events(over.signal, resolve)) heard.push(event);
      })();
      await listening;
      const [killed, stopped] = [await bench.member(), await bench.member()];
      await bench.kill(killed);
      await bench.stop(stopped);
      const of = (id: string) => heard.filter(event => event.id === id).map(({ what }) => what);
      await expect.poll(() => of(stopped)).toEqual(['started', 'died', 'stopped']);
      expect(of(killed)).toEqual(['started', 'died']);
      await bench.remove(killed);
      await expect.poll(() => of(killed)).toEqual(['started', 'died', 'removed']);
      over.abort();
      await listen;
    });

    test('one that is fenced does not come back by itself', async () => {
      const id = await bench.member();
      await bench.letComeBack(id);
      expect((await seen(id)).comesBack).toBe(true);
      await warden.fence(await seen(id));
      expect((await seen(id)).comesBack).toBe(false);
      await warden.fence(await seen(id));
    });

    test('one that was started lives, and to start it twice is fine', async () => {
      const member = await dead();
      await warden.start(member);
      await warden.start(member);
      expect(await seen(member.id)).toMatchObject({ life: 'alive' });
    });

    test('a dead address is silent, answers resets once it is taken, and the member can be started when it has it back', async () => {
      const member = await dead();
      expect(await bench.dial(member.id)).toBe('silent');
      expect(await warden.takeAddress(member)).toBe(true);
      expect(await bench.dial(member.id)).toBe('refused');
      expect(await seen(member.id)).toMatchObject({ isHeld: true });
      await expect(warden.start(member)).rejects.toThrow();
      await warden.giveAddressBack(member);
      await warden.giveAddressBack(member);
      expect(await seen(member.id)).toMatchObject({ isHeld: false });
      await warden.start(member);
    });

    test('the address of one that lives is never taken', async () => {
      const running = await seen(await bench.member());
      const frozen = await bench.member();
      await bench.freeze(frozen);
      expect(await warden.takeAddress(running)).toBe(false);
      expect(await warden.takeAddress(await seen(frozen))).toBe(false);
    });

    test('two take the addresses of two at once, and another one gives them back', async () => {
      const members = [await dead(), await dead()];
      await warden.prepare();
      expect(await Promise.all(members.map(member => warden.takeAddress(member)))).toEqual([true, true]);
      await using other = bench.open();
      for (const member of members) {
        expect((await seen(member.id, other)).isHeld).toBe(true);
        await other.giveAddressBack(member);
        await other.start(member);
      }
    });

    test('one that was killed holds no address any more', async () => {
      const member = await dead();
      await bench.killedHolder(member.id);
      await expect.poll(async () => (await seen(member.id)).isHeld, { timeout: 10_000 }).toBe(false);
      await warden.start(member);
    });

    test('one that is gone is told as gone to who has seen it, and its address answers resets until it is given back', async () => {
      const member = await dead();
      const looked = async () => (await warden.look(member)).filter(({ id }) => id === member.id);
      expect(await looked()).toMatchObject([{ life: 'dead' }]);
      await bench.remove(member.id);
      expect((await warden.look()).filter(({ id }) => id === member.id)).toEqual([]);
      expect(await looked()).toMatchObject([{ name: member.name, life: 'gone', comesBack: false, isHeld: false }]);
      expect(await warden.takeAddress(member)).toBe(true);
      expect(await bench.dial(member.id)).toBe('refused');
      expect(await looked()).toMatchObject([{ life: 'gone', isHeld: true }]);
      await warden.giveAddressBack(member);
      expect(await bench.dial(member.id)).toBe('silent');
      expect(await looked()).toMatchObject([{ life: 'gone', isHeld: false }]);
      await using other = bench.open();
      expect(await other.takeAddress(member)).toBe(false);
    });

    test('one that is gone is no error, but for who starts it', async () => {
      const member = await dead();
      await bench.remove(member.id);
      await warden.fence(member);
      await warden.giveAddressBack(member);
      await expect(warden.start(member)).rejects.toThrow(member.name);
    });
  });
}
