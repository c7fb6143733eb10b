import { constants } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { stepDone, stepOf } from './conformance/facts.ts';
import type { Journal } from './journal.ts';
import { openJournal, sqliteGround } from './sqlite/ground.fixture.ts';
import { openSqliteJournal } from './sqlite-journal.ts';

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

const steps = async (journal: Journal): Promise<string[]> => (await Array.fromAsync(journal.read())).map(stepOf);

describe('the file of a journal', () => {
  test('is for the eyes of the user alone, with all that lies beside it', async () => {
    await using ground = await sqliteGround();
    await using journal = await ground.journal();
    await journal.append([stepDone('one')]);
    const beside = (await readdir(dirname(ground.path))).map(name => join(dirname(ground.path), name));
    expect(beside).toHaveLength(3);
    expect(await Promise.all([...beside, join(ground.stateFolder, 'key')].map(modeOf))).toEqual(Array(4).fill('600'));
    expect(await modeOf(dirname(ground.path))).toBe('700');
    expect(await modeOf(ground.stateFolder)).toBe('700');
  });

  test('holds no byte of a redacted payload', async () => {
    await using ground = await sqliteGround();
    await using journal = await ground.journal();
    await journal.append([stepDone('create web'), stepDone(`4111-1111-1111-1111 ${'x'.repeat(9_000)}`)]);
    await journal.redact(2, 'a card number');
    const files = await readdir(dirname(ground.path));
    for (const name of files)
      expect((await readFile(join(dirname(ground.path), name))).includes('4111-1111'), name).toBe(false);
  });

  test('that was deleted while it was open takes no more facts and no lease', async () => {
    await using ground = await sqliteGround();
    const journal = await ground.journal();
    await journal.append([stepDone('one')]);
    const token = await journal.leases.take('shop', owner, 60_000);
    await rm(dirname(ground.path), { recursive: true });
    await expect(journal.append([stepDone('two')])).rejects.toMatchObject({ name: 'Problem', exit: 3 });
    await expect(journal.leases.holds('shop', token.taken ? token.token : 0)).rejects.toMatchObject({ exit: 3 });
    await journal[Symbol.asyncDispose]();
  });

  test('of a newer format is left alone, and the problem says to update', async () => {
    await using ground = await sqliteGround();
    await (await ground.journal())[Symbol.asyncDispose]();
    using raw = new DatabaseSync(ground.path);
    raw.exec('pragma user_version = 2');
    await expect(ground.journal()).rejects.toMatchObject({
      name: 'Problem',
      exit: 3,
      parts: { where: ground.path, why: expect.stringContaining('2'), fix: expect.stringContaining('Update') },
    });
  });

  test("that is another program's database or no database is left as it is", async () => {
    await using ground = await sqliteGround();
    const [database, text] = ['other.db', 'notes.txt'].map(name => join(ground.folder, name)) as [string, string];
    using raw = new DatabaseSync(database);
    raw.exec('create table recipes (name text)');
    await writeFile(text, 'not a database at all, but long enough to look at '.repeat(40));
    for (const path of [database, text]) {
      const before = await readFile(path);
      await expect(openSqliteJournal(path)).rejects.toMatchObject({ exit: 3, parts: { where: path } });
      expect((await readFile(path)).equals(before)).toBe(true);
    }
  });

  test('that is a folder, or in what is no folder, is a problem that says where', async () => {
    await using ground = await sqliteGround();
    const file = join(ground.folder, 'file');
    await writeFile(file, '');
    for (const path of [ground.folder, join(file, 'journal.db'), join(file, 'deeper', 'journal.db')])
      await expect(openSqliteJournal(path)).rejects.toMatchObject({ name: 'Problem', exit: 3, parts: { where: path } });
  });

  test('damaged on the disk is told by verify, which does not throw', async () => {
    await using ground = await sqliteGround();
    const journal = await ground.journal();
    for (let at = 0; at < 20; at++) await journal.append([stepDone(`${at} ${'x'.repeat(3_000)}`)]);
    await journal[Symbol.asyncDispose]();
    const file = await open(ground.path, 'r+');
    for (let page = 8; page < 20; page++) await file.write(Buffer.alloc(4_096, 0xa5), 0, 4_096, page * 4_096);
    await file.close();
    await using again = await ground.journal();
    expect(await again.verify()).toMatchObject({ whole: false });
  });
});

describe('a journal that others write at the same time', () => {
  test('waits for its turn without holding the event loop up', async () => {
    await using ground = await sqliteGround();
    await using journal = await ground.journal();
    using other = new DatabaseSync(ground.path);
    other.exec('begin immediate');
    setTimeout(() => other.exec('rollback'), 100); // Comes only when the loop is free.
    await journal.append([stepDone('one')]);
    expect(await steps(journal)).toEqual(['one']);
  });

  test('gives up with a problem when its turn never comes, and goes on afterwards', async () => {
    await using ground = await sqliteGround();
    await using journal = await ground.journal({ patience: 60 });
    using other = new DatabaseSync(ground.path);
    other.exec('begin immediate');
    const refused = { name: 'Problem', exit: 3, message: expect.stringContaining('locked') };
    await expect(journal.append([stepDone('lost')])).rejects.toMatchObject(refused);
    await expect(journal.leases.take('shop', owner, 1_000)).rejects.toMatchObject(refused);
    other.exec('rollback');
    await journal.append([stepDone('kept')]);
    expect(await steps(journal)).toEqual(['kept']);
    expect(await journal.verify()).toMatchObject({ whole: true, facts: 1 });
  });
});

describe('a crash of the machine', () => {
  test('in the middle of a write loses that write alone, wherever it was torn', async () => {
    await using ground = await sqliteGround();
    await using journal = await ground.journal();
    await journal.append([stepDone('one'), stepDone('two')]);
    const before = (await stat(`${ground.path}-wal`)).size;
    await journal.append([stepDone(`three ${'x'.repeat(20_000)}`)]);
    const after = (await stat(`${ground.path}-wal`)).size;
    for (const size of [before + 10, before + 4_200, Math.floor((before + after) / 2), after - 1]) {
      await using torn = await tornCopy(ground.path, size);
      await using reopened = await torn.journal();
      expect(await steps(reopened)).toEqual(['one', 'two']);
      expect(await reopened.verify()).toMatchObject({ whole: true, facts: 2 });
      await reopened.append([stepDone('four')]);
      expect(await reopened.verify()).toMatchObject({ whole: true, facts: 3 });
    }
  });

  test('that loses what was acknowledged shows, since this machine had seen it', async () => {
    await using ground = await sqliteGround();
    await using journal = await ground.journal();
    await journal.append([stepDone('one')]);
    const size = (await stat(`${ground.path}-wal`)).size;
    await journal.append([stepDone('two')]);
    await using torn = await tornCopy(ground.path, size);
    await using reopened = await torn.journal({ stateFolder: ground.stateFolder });
    expect(await reopened.verify()).toMatchObject({ whole: false, at: 2, reason: expect.stringContaining('cut off') });
  });
});

/** A journal as a machine that stopped would leave it, its write-ahead log cut. */
async function tornCopy(path: string, size: number) {
  const copy = await sqliteGround();
  await mkdir(dirname(copy.path));
  for (const end of ['', '-wal']) await copyFile(`${path}${end}`, `${copy.path}${end}`, constants.COPYFILE_EXCL);
  await truncate(`${copy.path}-wal`, size);
  return copy;
}

const owner = { user: 'ada', host: 'elsewhere', boot: 'b', pid: 1, started: '1', doing: 'test' };

describe('a journal that was moved', () => {
  test('is the same journal in its new place', async () => {
    await using ground = await sqliteGround();
    await using moved = await sqliteGround();
    const journal = await ground.journal();
    await journal.append([stepDone('one')]);
    await journal[Symbol.asyncDispose]();
    await rename(dirname(ground.path), dirname(moved.path));
    await using again = await openJournal(moved.folder, { stateFolder: ground.stateFolder });
    await again.append([stepDone('two')]);
    expect(await again.verify()).toMatchObject({ whole: true, facts: 2 });
  });
});
