import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { JournalFacts } from '../../engine/desire/environment-facts.ts';
import type { Secret } from '../../kit/secret.ts';
import { isRemote } from '../../model/environment/engine-place.ts';
import { reachesJournal } from '../../model/reached.ts';
import type { Grounded, Place } from './place.ts';

/** Where the journal of a place is, for what reaches it from inside a container. */
export function journalFacts({ state: { journal }, environment: { engines } }: Place): JournalFacts {
  if (journal.kept === 'on-server')
    return { kept: 'on-server', shown: journal.shown, ...(journal.apart && { apart: journal.apart }) };
  const beyond = Object.keys(engines).filter(name => isRemote(engines[name] ?? { type: 'docker' }));
  return { kept: 'in-file', path: journal.path, owner: ownerOf(dirname(journal.path)), beyond };
}

/** A folder that is still to be made will be of who runs this. */
function ownerOf(folder: string): string {
  const found = statSync(folder, { throwIfNoEntry: false });
  const [uid, gid] = found ? [found.uid, found.gid] : [process.getuid?.(), process.getgid?.()];
  return `${uid ?? 0}:${gid ?? 0}`;
}

/** What the journal's URL is, where something reaches it by that. */
export async function journalUrl({ state: { journal }, model }: Grounded): Promise<Secret | undefined> {
  const isAsked = model.resources.some(({ spec }) => reachesJournal(Object(spec)));
  return isAsked && journal.kept === 'on-server' && !journal.apart ? journal.url() : undefined;
}
