import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { LeaseOwner } from '../fact.ts';
import type { LeaseAnswer, Leases } from '../journal.ts';
import { currentOwner } from '../owner.ts';
import type { OpenGround } from './journal.ts';
import { otherProcess } from './process.ts';

const ada: LeaseOwner = { ...currentOwner('holdfast up'), user: 'ada' };
const elsewhere: LeaseOwner = { ...ada, user: 'eve', host: 'another-machine', boot: 'another-boot' };
const long = 60_000;
const short = 60;

function tokenOf(answer: LeaseAnswer): number {
  if (!answer.taken) throw new Error(`held by ${answer.holder.user}`);
  return answer.token;
}

const take = async (leases: Leases, owner = ada, lasting = long) => tokenOf(await leases.take('shop', owner, lasting));

export function leasing(open: OpenGround): void {
  test('one at a time holds a lease, and the others learn who and until when', async () => {
    await using ground = await open();
    await using mine = await ground.journal();
    await using other = await ground.journal();
    const before = Date.now();
    const token = await take(mine.leases);
    const answer = await other.leases.take('shop', elsewhere, long);
    expect(answer).toMatchObject({ taken: false, holder: ada });
    expect(!answer.taken && answer.expires).toBeGreaterThanOrEqual(before + long);
    expect(await other.leases.holds('shop', token)).toBe(true);
    expect(await other.leases.holder('shop')).toMatchObject({ owner: ada, expires: expect.any(Number) });
    expect(await other.leases.holder('bank')).toBeUndefined();
    expect((await other.leases.take('bank', elsewhere, long)).taken).toBe(true);
  });

  test('of many who ask at once, one gets it', async () => {
    await using ground = await open();
    const journals = await Promise.all(Array.from({ length: 6 }, () => ground.journal()));
    const answers = await Promise.all(journals.map(({ leases }) => leases.take('shop', ada, long)));
    expect(answers.filter(answer => answer.taken)).toHaveLength(1);
    for (const journal of journals) await journal[Symbol.asyncDispose]();
  });

  test('a lease that was left is free at once, and comes from nobody', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    const token = await take(journal.leases);
    await journal.leases.leave('shop', token);
    expect(await journal.leases.holds('shop', token)).toBe(false);
    expect(await journal.leases.holder('shop')).toBeUndefined();
    expect(await journal.leases.renew('shop', token, long)).toBe(false);
    expect(await journal.leases.take('shop', elsewhere, long)).toEqual({ taken: true, token: expect.any(Number) });
  });

  test('a lease of another machine is free when it expired, and not before', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    const token = await take(journal.leases, elsewhere, short * 3);
    expect((await journal.leases.take('shop', ada, long)).taken).toBe(false);
    await sleep(short * 4);
    expect(await journal.leases.holds('shop', token)).toBe(false);
    expect(await journal.leases.take('shop', ada, long)).toMatchObject({ taken: true, from: elsewhere });
  });

  test('who was taken over from can neither hold, renew nor leave it any more', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    const old = await take(journal.leases, elsewhere, 1);
    await sleep(20);
    const token = await take(journal.leases);
    expect(await journal.leases.holds('shop', old)).toBe(false);
    expect(await journal.leases.renew('shop', old, long)).toBe(false);
    await journal.leases.leave('shop', old);
    expect(await journal.leases.holds('shop', token)).toBe(true);
  });

  test('renewing puts the end off, and brings back one that expired and that nobody took', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    const token = await take(journal.leases, elsewhere, 1);
    await sleep(20);
    expect(await journal.leases.holds('shop', token)).toBe(false);
    expect(await journal.leases.renew('shop', token, long)).toBe(true);
    expect(await journal.leases.holds('shop', token)).toBe(true);
    expect((await journal.leases.take('shop', ada, long)).taken).toBe(false);
  });

  test('the token only ever grows: over leaving, expiry and closing', async () => {
    await using ground = await open();
    const tokens: number[] = [];
    for (let round = 0; round < 3; round++) {
      await using journal = await ground.journal();
      tokens.push(await take(journal.leases));
      await journal.leases.leave('shop', tokens.at(-1) ?? 0);
      tokens.push(await take(journal.leases, elsewhere, 1));
      await sleep(20);
    }
    expect(tokens).toEqual([...new Set(tokens)].sort((a, b) => a - b));
    expect(tokens).toHaveLength(6);
  });

  test('a living process of this machine keeps its lease, and one killed with -9 frees it at once', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    await using holder = otherProcess(ground.door, 'hold', 'shop');
    await holder.hasSaid(1);
    const token = Number(holder.said[0]);
    expect(await journal.leases.take('shop', ada, long)).toMatchObject({ taken: false });
    await holder.kill();
    const answer = await journal.leases.take('shop', ada, long);
    expect(answer).toMatchObject({ taken: true, from: { doing: 'test' } });
    expect(tokenOf(answer)).toBeGreaterThan(token);
  });

  test('its door leads another thread or process to the same leases', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    const { module, location } = journal.leases.door;
    const { openLeases } = (await import(/* @vite-ignore */ module)) as { openLeases(at: string): Promise<Leases> };
    const token = await take(journal.leases);
    expect(await (await openLeases(location)).holds('shop', token)).toBe(true);
  });
}
