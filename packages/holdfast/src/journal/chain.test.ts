import { expect, test } from 'vitest';
import { sha256 } from '../kit/hash.ts';
import { canonical } from '../kit/json.ts';
import { chain, chainStart, endAt, type Link } from './chain.ts';

const fact = (payload: string) => ({
  envelope: { format: 1, id: 'abc', at: '', actor: 'ada', system: 'shop', environment: 'local', kind: 'x' } as const,
  payload,
});

test('each link holds on to the one before it, to its envelope and to the hash of its salted payload', () => {
  const start = chainStart('j1');
  const [one, two] = chain(start, [fact('{"a":1}'), fact('{}')], () => ['s1', 's2']) as [Link, Link];
  expect(one.payloadHash).toBe(sha256('s1{"a":1}'));
  expect(one.hash).toBe(sha256(start.hash + canonical({ ...fact('').envelope, seq: 1 }) + one.payloadHash));
  expect(two.hash).toBe(sha256(one.hash + canonical({ ...fact('').envelope, seq: 2 }) + two.payloadHash));
});

test('facts added in two goes make the same chain as in one', () => {
  const salts = (count: number) => Array<string>(count).fill('salt');
  const facts = ['1', '2', '3'].map(fact);
  const whole = chain(chainStart('j1'), facts, salts);
  const first = chain(chainStart('j1'), facts.slice(0, 2), salts);
  expect([...first, ...chain(endAt(first[1] as Link), facts.slice(2), salts)]).toEqual(whole);
});

test('the same payload twice gives two hashes, so that nobody can guess one from the other', () => {
  const links = chain(chainStart('j1'), Array(50).fill(fact('"yes"')));
  expect(new Set(links.map(link => link.payloadHash)).size).toBe(50);
  expect(links.every(link => /^[0-9a-f]{32}$/.test(link.salt ?? ''))).toBe(true);
});

test('links of one journal fit into no other', () => {
  expect(chainStart('j1').hash).not.toBe(chainStart('j2').hash);
});
