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
}

export function documentFile(places: DocumentPlaces): DocumentFile {
  const { shared, own, recipients, env } = places;
  // Who takes all recipients out of the configuration has not made the file his own by that.
  const isShared = recipients !== undefined || existsSync(shared);
  const path = isShared ? shared : own;
  const place: Place = { path: nearer(places.from, path), readers: Object.keys(recipients ?? {}) };
  let seen: { readonly text: string; readonly document: Promise<SecretsDocument> } | undefined;

  const read = async (): Promise<SecretsDocument | undefined> => {
    const text = await readText(path);
    if (text === undefined) return undefined;
    if (seen?.text !== text) seen = { text, document: findIdentity(env).then(me => unseal(text, me, place)) };
    return seen.document;
  };

  const changed = async (edit: Parameters<DocumentFile['change']>[0]): Promise<SecretsDocument> => {
    const had = await read();
    const me = await (isShared ? findIdentity(env) : findOrMakeIdentity(env));
    if (!me) throw noIdentity(place);
    const before = had ?? newDocument(recipients ?? { you: (await publicKeysOf(me))[0] ?? '' });
    const after = edit(before, had === undefined);
    if (had && sameJson(had, after)) return had;
    await refuse({ before, after, recipients, place, me });
    await (isShared ? makeFolder(dirname(path)) : makePrivate(dirname(path)));
    await writeInPlace(path, await seal(after), isShared ? 0o644 : 0o600);
    return after;
  };

  return {
    path,
    isShared,
    read,
    async change(edit) {
      await makePrivate(dirname(own));
      return inTurn({ lock: join(dirname(own), 'secrets.lock'), what: place.path }, () => changed(edit));
    },
  };
}

interface Writing {
  readonly before: SecretsDocument;
  readonly after: SecretsDocument;
  readonly recipients: Recipients | undefined;
  readonly place: Place;
  readonly me: Identity;
}

/** A value that is new goes to those who are declared now; and who writes can read it again. */
async function refuse({ before, after, recipients, place, me }: Writing): Promise<void> {
  const { added, removed } = changedRecipients(after.recipients, recipients ?? after.recipients);
  if (added.length + removed.length > 0 && bringsValues(before, after)) throw otherRecipients(place, added, removed);
  const [mine, all] = [await publicKeysOf(me), new Set(Object.values(after.recipients))];
  if (!mine.some(key => all.has(key))) throw notAmong(place, mine);
}

const bringsValues = (before: SecretsDocument, after: SecretsDocument): boolean =>
  Object.entries(after.secrets).some(([name, { text }]) => entryOf(before, name)?.text !== text);
