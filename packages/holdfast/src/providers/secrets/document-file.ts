import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inTurn } from '../../kit/in-turn.ts';
import { sameJson } from '../../kit/json.ts';
import type { Recipients } from '../../model/environment/recipients.ts';
import { entryOf, newDocument, type SecretsDocument } from './document.ts';
import { findIdentity, findOrMakeIdentity, type Identity, publicKeysOf } from './identity.ts';
import { makeFolder, makePrivate, nearer, readText, writeInPlace } from './in-place.ts';
import { changedRecipients } from './recipients.ts';
import { noIdentity, notAmong, otherRecipients } from './refusals.ts';
import { type Place, seal, unseal } from './sealed-file.ts';

export interface DocumentPlaces {
  /** In the repository, where it is a team's: `secrets/production.age`. */
  readonly shared: string;
  /** In the project's own state, where it is one person's: `.holdfast/local/secrets.age`. */
  readonly own: string;
  /** As the environment declares them. With them, it is a team's. */
  readonly recipients?: Recipients;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whence paths are told. */
  readonly from: string;
}

/** The sealed file of one environment. */
export interface DocumentFile {
  readonly path: string;
  readonly isShared: boolean;
  /** Undefined where there is none yet. */
  read(): Promise<SecretsDocument | undefined>;
  /**
   * Changes it while nobody else does, and makes it where there is none; durable when it resolves. What changes nothing
   * is not written: encrypted anew, it would look like another one.
   */
  change(edit: (document: SecretsDocument, isNew: boolean) => SecretsDocument): Promise<SecretsDocument>;
  /** What another state of the file, such as one that git keeps, holds. */
  opened(text: string): Promise<SecretsDocument>;
  /** Puts a document in the place of what is there, readable or not. */
  replace(document: SecretsDocument): Promise<void>;
}

export function documentFile(places: DocumentPlaces): DocumentFile {
  const { shared, own, recipients, env } = places;
  // Who takes all recipients out of the configuration has not made the file his own by that.
  const isShared = recipients !== undefined || existsSync(shared);
  const path = isShared ? shared : own;
  const place: Place = { path: nearer(places.from, path), readers: Object.keys(recipients ?? {}) };
  const opened = async (text: string) => unseal(text, await findIdentity(env), place);
  let seen: { readonly text: string; readonly document: Promise<SecretsDocument> } | undefined;

  const read = async (): Promise<SecretsDocument | undefined> => {
    const text = await readText(path);
    if (text === undefined) return undefined;
    if (seen?.text !== text) seen = { text, document: opened(text) };
    return seen.document;
  };

  const changed = async (edit: Parameters<DocumentFile['change']>[0]): Promise<SecretsDocument> => {
    const had = await read();
    const me = (await (isShared ? findIdentity(env) : findOrMakeIdentity(env))) ?? refuseNobody(place);
    const before = had ?? newDocument(recipients ?? { you: (await publicKeysOf(me))[0] ?? '' });
    const after = edit(before, had === undefined);
    if (had && sameJson(had, after)) return had;
    if (bringsValues(before, after)) refuseOtherRecipients(after, recipients, place);
    await written(after, me);
    return after;
  };

  const written = async (document: SecretsDocument, me: Identity): Promise<void> => {
    await refuseLockedOut(document, me, place);
    await (isShared ? makeFolder(dirname(path)) : makePrivate(dirname(path)));
    await writeInPlace(path, await seal(document), isShared ? 0o644 : 0o600);
  };

  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    await makePrivate(dirname(own));
    return inTurn({ lock: join(dirname(own), 'secrets.lock'), what: place.path }, work);
  };

  return {
    path,
    isShared,
    read,
    opened,
    change: edit => alone(() => changed(edit)),
    replace: document => alone(async () => written(document, (await findIdentity(env)) ?? refuseNobody(place))),
  };
}

/** A value that is new goes to those who are declared now. */
function refuseOtherRecipients(after: SecretsDocument, declared: Recipients = after.recipients, place: Place): void {
  const { added, removed } = changedRecipients(after.recipients, declared);
  if (added.length + removed.length > 0) throw otherRecipients(place, added, removed);
}

/** Who writes can read it again. */
async function refuseLockedOut({ recipients }: SecretsDocument, me: Identity, place: Place): Promise<void> {
  const [mine, all] = [await publicKeysOf(me), new Set(Object.values(recipients))];
  if (!mine.some(key => all.has(key))) throw notAmong(place, mine);
}

function refuseNobody(place: Place): never {
  throw noIdentity(place);
}

const bringsValues = (before: SecretsDocument, after: SecretsDocument): boolean =>
  Object.entries(after.secrets).some(([name, { text }]) => entryOf(before, name)?.text !== text);
