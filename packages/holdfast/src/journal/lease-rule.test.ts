import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LeaseOwner } from './fact.ts';
import { answerTo, isHeldBy, type LeaseState } from './lease-rule.ts';

const owner: LeaseOwner = { user: 'ada', host: 'laptop', boot: 'b', pid: 7, started: '1', doing: 'holdfast up' };
const alive = () => false;
const dead = () => true;

test('a lease that never was is free, with the first token', () => {
  expect(answerTo(undefined, 0, alive)).toEqual({ taken: true, token: 1 });
});

test('a lease is the living holder’s until the moment it expires', () => {
  const lease = { token: 4, owner, expires: 1_000 };
  expect(answerTo(lease, 999, alive)).toEqual({ taken: false, holder: owner, expires: 1_000 });
  expect(answerTo(lease, 1_000, alive)).toEqual({ taken: true, token: 5, from: owner });
});

test('a dead holder frees it at once', () => {
  expect(answerTo({ token: 4, owner, expires: 1_000 }, 0, dead)).toEqual({ taken: true, token: 5, from: owner });
});

test('whatever happens, the token grows with every taking, and at most one token holds', () => {
  const moment = fc.record({ later: fc.nat(20), leaves: fc.boolean(), dies: fc.boolean() });
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 50 }), moments => {
      const tokens: number[] = [];
      let lease: LeaseState | undefined;
      let now = 0;
      for (const { later, leaves, dies } of moments) {
        now += later;
        const answer = answerTo(lease, now, () => dies);
        if (answer.taken) {
          lease = { token: answer.token, owner, expires: now + 10 };
          tokens.push(answer.token);
          expect(tokens.filter(token => isHeldBy(lease, token, now))).toEqual([answer.token]);
        }
        if (leaves && lease) lease = { ...lease, owner: undefined };
      }
      expect(tokens).toEqual([...new Set(tokens)].sort((a, b) => a - b));
    }),
  );
});
