import { expect, test } from 'vitest';
import type { Address } from '../../model/address.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { Match } from './match.ts';
import { rotationsOf } from './rotations.ts';

const uses = (name: string, ...needs: Address[]) => ({ kind: 'service', name, engine: 'default', spec: {}, needs });

const model = {
  format: 1,
  name: 'shop',
  environment: 'local',
  resources: [uses('web', 'secret/key', 'secret/token'), uses('db', 'secret/key'), uses('other')],
} as unknown as SystemModel;

const rotated = (name: string, wanted = 'another one') => ({ name, wanted });
const matched = (of: Address, fate: Match['fate']): Match => ({ wanted: { of }, fate }) as Match;

test('a secret that is another one names those that are given it anew, and they alone', () => {
  const matches = [matched('service/web', 'replace'), matched('service/web', 'keep'), matched('service/db', 'keep')];
  const why = [{ aspect: 'value', wanted: 'another one: 12 days left' }];
  expect(rotationsOf([rotated('key', why[0]?.wanted), rotated('token')], model, matches)).toMatchObject([
    { action: 'rotate', address: 'secret/key', why, notes: ['given anew to service/web'] },
    { action: 'rotate', address: 'secret/token', notes: ['given anew to service/web'] },
  ]);
});

test('one that nobody is given anew is no change', () => {
  expect(
    rotationsOf([rotated('key')], model, [matched('service/web', 'keep'), matched('service/other', 'replace')]),
  ).toEqual([]);
  expect(rotationsOf([], model, [matched('service/web', 'replace')])).toEqual([]);
});
