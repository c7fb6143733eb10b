import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomId } from '../../../kit/id.ts';
import type { JournalGround } from '../../conformance/journal.ts';
import type { Journal } from '../../journal.ts';
import { openPostgresJournal, type PostgresJournalOptions } from '../journal.ts';
import type { Cluster } from './cluster.ts';

/** A journal in a schema of its own, with the state of a machine of its own. */
export interface PostgresGround extends JournalGround {
  readonly schema: string;
  readonly url: string;
  readonly stateFolder: string;
  journal(options?: PostgresJournalOptions): Promise<Journal>;
}

export async function postgresGround(cluster: Pick<Cluster, 'url' | 'query'>): Promise<PostgresGround> {
  const schema = `j_${randomId()}`;
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-journal-'));
  const [url, stateFolder] = [cluster.url('postgres', `?schema=${schema}`), join(folder, 'state')];
  return {
    schema,
    url,
    stateFolder,
    door: { module: import.meta.url, location: JSON.stringify({ url, stateFolder }) },
    journal: options => openPostgresJournal(url, { stateFolder, ...options }),
    async [Symbol.asyncDispose]() {
      await cluster.query(`drop schema if exists ${schema} cascade`);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What the door of a {@link PostgresGround} leads to. */
export function openJournal(location: string): Promise<Journal> {
  const { url, stateFolder } = JSON.parse(location) as Record<'url' | 'stateFolder', string>;
  return openPostgresJournal(url, { stateFolder });
}
