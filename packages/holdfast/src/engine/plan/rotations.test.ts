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

const matched = (of: Address, fate: Match['fate']): Match => ({ wanted: { of }, fate }) as Match;

test('a secret that is another one names those that are given it anew, and they alone', () => {
  const matches = [matched('service/web', 'replace'), matched('service/web', 'keep'), matched('service/db', 'keep')];
  expect(rotationsOf(['key', 'token'], model, matches)).toMatchObject([
    { action: 'rotate', address: 'secret/key', notes: ['given anew to service/web'] },
    { action: 'rotate', address: 'secret/token', notes: ['given anew to service/web'] },
  ]);
});

test('one that nobody is given anew is no change', () => {
  expect(rotationsOf(['key'], model, [matched('service/web', 'keep'), matched('service/other', 'replace')])).toEqual(
    [],
  );
  expect(rotationsOf([], model, [matched('service/web', 'replace')])).toEqual([]);
});
