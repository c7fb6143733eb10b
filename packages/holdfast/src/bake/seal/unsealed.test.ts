import { expect, test } from 'vitest';
import { Problem, Problems } from '../../kit/problem.ts';
import { openSeal } from './record/seal.ts';
import { digest, newKey, recordWith } from './testing/records.ts';
import { type ReadSeal, refuseUnsealed } from './unsealed.ts';

const key = newKey('ada');
const seal = openSeal(recordWith(key), digest, [key.publicKey], '/s');
const web = {
  said: '',
  name: 'web',
  inputs: '1'.repeat(64),
  digest,
  at: 'system.ts:3:1',
};

const refused = async (read: ReadSeal, ...candidates: Parameters<typeof refuseUnsealed>[0]) => {
  const error: unknown = await refuseUnsealed(candidates, read, 'production').catch(thrown => thrown);
  return error instanceof Problems ? error.problems.map(({ parts }) => `${parts.what}: ${parts.why}`) : error;
};

test('an image with a seal of what it is declared to be may go where sealed ones alone may', async () => {
  expect(await refused(async () => seal, web)).toBeUndefined();
});

test('each image without a valid seal is named, in one go', async () => {
  const damaged = new Problem({ what: 'the seal is damaged', why: 'a bit' });
  const read: ReadSeal = async of => {
    if (of === digest) return seal;
    if (of === `sha256:${'0'.repeat(64)}`) return undefined;
    throw damaged;
  };
  const told = await refused(
    read,
    { name: 'new', inputs: '2', said: '' },
    { ...web, name: 'changed', inputs: '3' },
    { ...web, name: 'asked', said: 'web: /etc exists' },
    { ...web, name: 'failed', digest: `sha256:${'0'.repeat(64)}` },
    { ...web, name: 'damaged', digest: `sha256:${'1'.repeat(64)}` },
    web,
  );
  const refusal = 'is not sealed, and environment "production" takes sealed images alone';
  expect(told).toEqual([
    `image "new" ${refusal}: nothing was baked of it as it is declared now`,
    `image "changed" ${refusal}: its seal is of other inputs`,
    `image "asked" ${refusal}: its seal answers other checks than those that are declared now`,
    `image "failed" ${refusal}: it did not go through its checks, or did not pass them`,
    'image "damaged": the seal is damaged: a bit',
  ]);
});
