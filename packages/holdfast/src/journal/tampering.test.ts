import { generateKeyPairSync } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chain, chainStart, type Link } from './chain.ts';
import { stepDone } from './conformance/facts.ts';
import type { Verification } from './journal.ts';
import { signerWith } from './signer.ts';
import { linkColumns, linkOf, valuesOf } from './store/rows.ts';
import { type OpenToHands, onEachStore, type StoreUnderTest } from './testing/stores.ts';

/** Six facts in three signed groups. */
async function written(store: StoreUnderTest): Promise<OpenToHands> {
  const ground = await store.open();
  await using journal = await ground.journal();
  for (const [a, b] of ['ab', 'cd', 'ef']) await journal.append([stepDone(`${a}`), stepDone(`${b}`)]);
  expect(await journal.verify()).toMatchObject({ whole: true, facts: 6 });
  return ground;
}

async function verified(ground: OpenToHands): Promise<Verification> {
  await using journal = await ground.journal();
  return await journal.verify();
}

const whatWasDoneShows = (store: StoreUnderTest): void => {
  test.each([
    ['a changed payload', 3, 'payload of fact 3', `update facts set payload = '{"step":"x"}' where seq = 3`],
    ['a payload that is no JSON any more', 3, 'payload of fact 3', `update facts set payload = 'x' where seq = 3`],
    ['a payload that is gone', 3, 'no fact says why', 'update facts set payload = null, salt = null where seq = 3'],
    [
      'a payload changed with its hash',
      3,
      'fact 3',
      `update facts set payload = '{}', salt = '', payload_hash = '${'4'.repeat(64)}' where seq = 3`,
    ],
    ['another actor', 3, 'fact 3 was changed', `update facts set actor = 'eve@laptop' where seq = 3`],
    ['another time', 6, 'fact 6 was changed', `update facts set at = '2020-01-01T00:00:00.000Z' where seq = 6`],
    ['another environment', 1, 'fact 1 was changed', `update facts set environment = 'production' where seq = 1`],
    [
      'two facts that changed places',
      3,
      'not in its place',
      'update facts set seq = -3 where seq = 3; update facts set seq = 3 where seq = 4; update facts set seq = 4 where seq = -3',
    ],
    ['a fact taken out', 3, 'fact 3 is missing', 'delete from facts where seq = 3'],
    [
      'a fact taken out and the gap closed',
      3,
      'not in its place',
      'delete from facts where seq = 3; update facts set seq = -seq where seq > 3; update facts set seq = -seq - 1 where seq < 0',
    ],
    ['the first facts taken out', 1, 'fact 1 is missing', 'delete from facts where seq < 3'],
    [
      'a fact before the first',
      0,
      'fact 1 is missing',
      `insert into facts select 0, 'another', at, uncertainty, actor, system, environment, release, kind, payload_hash, hash, redacted, salt, payload from facts where seq = 1`,
    ],
    ['a forged signature', 4, 'forged', `update heads set signature = '${'A'.repeat(86)}' where seq = 4`],
    ['a head of another time', 2, 'forged', `update heads set at = '2020-01-01T00:00:00.000Z' where seq = 2`],
    ['a signature that is gone', 5, 'not signed', 'delete from heads where seq = 6'],
    ['the end cut off', 5, 'cut off', 'delete from facts where seq > 4'],
    [
      'the end cut off with its heads',
      5,
      'cut off',
      'delete from facts where seq > 4; delete from heads where seq > 4',
    ],
    ['everything gone', 1, 'cut off', 'delete from facts; delete from heads'],
  ])('%s', async (_, at, reason, sql) => {
    await using ground = await written(store);
    await ground.byHand(sql);
    expect(await verified(ground)).toMatchObject({ whole: false, at, reason: expect.stringContaining(reason) });
  });

  test('a payload that is no JSON any more is a problem for its reader, which does not quote it', async () => {
    await using ground = await written(store);
    await ground.byHand(`update facts set payload = 'private' where seq = 3`);
    await using journal = await ground.journal();
    const reading = Array.fromAsync(journal.read());
    await expect(reading).rejects.toMatchObject({ name: 'Problem', message: expect.stringContaining('Fact 3') });
    expect(JSON.stringify(await reading.catch(problem => problem))).not.toContain('private');
  });

  test('a fact added with right hashes, but without the key', async () => {
    await using ground = await written(store);
    await add(ground, 'eve');
    expect(await verified(ground)).toMatchObject({
      whole: false,
      at: 7,
      reason: expect.stringContaining('not signed'),
    });
  });

  test('an end cut off, and the journal then written on as if nothing was', async () => {
    await using ground = await written(store);
    await ground.byHand(`delete from facts where seq > 4; delete from heads where seq > 4${ground.forgetTheEnd}`);
    await using journal = await ground.journal();
    for (const step of 'ghijk') await journal.append([stepDone(step)]);
    expect(await journal.verify()).toMatchObject({ whole: false, at: 6, reason: expect.stringContaining('saw on') });
  });

  test('a whole history written anew and signed with another key', async () => {
    await using ground = await written(store);
    await rewrite(ground);
    expect(await verified(ground)).toMatchObject({ whole: false, at: 6, reason: expect.stringContaining('saw on') });
  });

  test('such a history on a machine that has never seen the journal: whole, by a key that nobody knows', async () => {
    await using ground = await written(store);
    const before = await verified(ground);
    await rewrite(ground);
    await rm(join(ground.stateFolder, 'witness'), { recursive: true });
    const after = await verified(ground);
    expect(before.whole && after.whole && after.signedBy).toHaveLength(1);
    expect(before.whole && after.whole && after.signedBy).not.toEqual(before.whole && before.signedBy);
  });

  test('not where nobody did anything: on a machine that has never seen the journal it is whole', async () => {
    await using ground = await written(store);
    await rm(ground.stateFolder, { recursive: true });
    expect(await verified(ground)).toMatchObject({ whole: true, facts: 6 });
  });
};

describe('what somebody did past Holdfast shows', () => onEachStore(whatWasDoneShows));

const linksIn = async (ground: OpenToHands): Promise<Link[]> =>
  (await ground.byHand(`select ${linkColumns}, redacted from facts order by seq`)).map(linkOf);

const journalIn = async (ground: OpenToHands): Promise<string> =>
  (await ground.byHand('select id from journal'))[0]?.id as string;

const spelled = (value: unknown): string =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);

const insert = (link: Link): string =>
  `insert into facts (${linkColumns}) values (${valuesOf(link).map(spelled).join(', ')})`;

async function add(ground: OpenToHands, actor: string): Promise<void> {
  const last = (await linksIn(ground)).at(-1) as Link;
  const envelope = { ...last.envelope, id: 'another', actor };
  const added = chain({ seq: 6, hash: last.hash }, [{ envelope, payload: '{}' }]);
  await ground.byHand(added.map(insert).join(';'));
}

async function rewrite(ground: OpenToHands): Promise<void> {
  const journal = await journalIn(ground);
  const facts = (await linksIn(ground)).map(({ envelope }) => ({
    envelope: { ...envelope, actor: 'eve' },
    payload: '{}',
  }));
  const links = chain(chainStart(journal), facts);
  const { hash } = links.at(-1) as Link;
  const signer = signerWith(generateKeyPairSync('ed25519').privateKey);
  const { at, key, signature } = signer.sign({ journal, seq: 6, hash, at: '2026-11-23T00:00:00.000Z' });
  const head = [6, hash, at, key, signature].map(spelled).join(', ');
  const all = ['delete from facts; delete from heads', ...links.map(insert), `insert into heads values (${head})`];
  await ground.byHand(all.join(';'));
}
