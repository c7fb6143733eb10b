import { rm } from 'node:fs/promises';
import { clearSecrets, type Leftover } from './clear.ts';
import { entryOf, type SecretsDocument, withValue } from './document.ts';
import { type DocumentFile, type DocumentPlaces, documentFile } from './document-file.ts';
import { nearer } from './in-place.ts';
import { twoValues } from './refusals.ts';

export interface TakingOver {
  readonly file: DocumentFile;
  readonly places: DocumentPlaces;
  /** The folder of those in clear. */
  readonly clear: string;
  /** Told when they are safe, before they go from where they were. */
  readonly onTakenOver: (names: readonly string[], from: string) => Promise<void>;
  readonly now: () => string;
}

/** Brings secrets that lie elsewhere into the sealed file, and takes them away from there once that is on disk. */
export async function takeOver(parts: TakingOver): Promise<void> {
  for (const leftover of [await clearSecrets(parts.clear), await ownSecrets(parts)])
    if (leftover) await takeOne(leftover, parts);
}

async function takeOne(leftover: Leftover, { file, places, onTakenOver, now }: TakingOver): Promise<void> {
  const names = Object.keys(leftover.values).sort();
  await file.change((document, isNew) => {
    refuseOthers(document, leftover, file.path);
    const keyed = isNew && leftover.key ? { ...document, key: leftover.key } : document;
    return names.reduce((all, name) => withAllValues(all, name, leftover, now()), keyed);
  });
  const safe = await file.read();
  if (!safe || names.some(name => entryOf(safe, name)?.text !== leftover.values[name]))
    throw new Error(`${file.path} does not hold what was written to it`);
  await onTakenOver(names, nearer(places.from, leftover.from));
  await leftover.remove();
}

/** The oldest first: each is what the next one was before. */
function withAllValues(document: SecretsDocument, name: string, { values, earlier }: Leftover, now: string) {
  const texts = [...(earlier?.[name] ?? []).toReversed(), values[name] ?? ''];
  return texts.reduce((all, text) => withValue(all, name, text, now), document);
}

function refuseOthers(document: SecretsDocument, { values, from }: Leftover, path: string): void {
  const others = Object.entries(values).filter(([name, value]) => (entryOf(document, name)?.text ?? value) !== value);
  if (others.length > 0)
    throw twoValues(
      others.map(([name]) => name),
      path,
      from,
    );
}

/** Those of one person, where they have become a team's. */
async function ownSecrets({ file, places }: TakingOver): Promise<Leftover | undefined> {
  if (!file.isShared) return undefined;
  const { shared: _, recipients: __, ...own } = places;
  const document = await documentFile({ ...own, shared: own.own }).read();
  return (
    document && {
      from: own.own,
      key: document.key,
      values: Object.fromEntries(Object.entries(document.secrets).map(([name, { text }]) => [name, text])),
      earlier: Object.fromEntries(Object.entries(document.secrets).map(([name, { earlier = [] }]) => [name, earlier])),
      remove: () => rm(own.own, { force: true }),
    }
  );
}
