import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { canonical } from '../../kit/json.ts';

/** What a sealed file holds: the secrets of one environment. Immutable plain data, spelled canonically. */
export interface SecretsDocument {
  readonly format: typeof format;
  /** Under which secrets are hashed, so that a change shows and the value does not. The same for all who have the file. */
  readonly key: string;
  /** To whom it was encrypted, by name: the file itself tells nobody. */
  readonly recipients: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, Entry>>;
}

export interface Entry {
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly changed: string;
  /** What it was before, newest first, as long as a release may go back to it, or something is encrypted with it. */
  readonly earlier?: readonly string[];
}

const format = 'holdfast secrets 1';

const schema = z.strictObject({
  format: z.literal(format),
  key: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  recipients: z.record(z.string(), z.string()),
  secrets: z.record(
    z.string(),
    z.strictObject({ text: z.string(), changed: z.string(), earlier: z.optional(z.array(z.string())) }),
  ),
});

export const newDocument = (recipients: SecretsDocument['recipients']): SecretsDocument => ({
  format,
  key: randomBytes(32).toString('hex'),
  recipients,
  secrets: {},
});

/** Why it can't be read is told apart: it is of a later version, or is none of ours at all. */
export function parseDocument(text: string): SecretsDocument | 'later' | 'none' {
  try {
    const given: unknown = JSON.parse(text);
    const { success, data } = schema.safeParse(given);
    if (success) return data as SecretsDocument;
    return isLater(given) ? 'later' : 'none';
  } catch {
    return 'none';
  }
}

const isLater = (given: unknown): boolean =>
  /^holdfast secrets (?!1$)\d+$/.test(String((given as { format?: unknown } | null)?.format));

export const spellDocument = (document: SecretsDocument): string => canonical(document);

/** Undefined where there is none; a secret may be called `constructor`. */
export const entryOf = ({ secrets }: SecretsDocument, name: string): Entry | undefined =>
  Object.hasOwn(secrets, name) ? secrets[name] : undefined;

/**
 * How many values before the present one are kept at most: a value that is rotated again and again is not a history. What
 * backups are encrypted with is never settled: a year of rotations, once a month, stays readable.
 */
const kept = 12;

/** With this value; what it was before stays beside it. The same value again changes nothing. */
export function withValue(document: SecretsDocument, name: string, text: string, changed: string): SecretsDocument {
  const had = entryOf(document, name);
  if (had?.text === text) return document;
  const earlier = had ? [had.text, ...(had.earlier ?? [])].filter(one => one !== text).slice(0, kept) : [];
  return withEntry(document, name, { text, changed, ...(earlier.length > 0 && { earlier }) });
}

/** With these too among what it was before. */
export function withEarlier({ earlier = [], ...entry }: Entry, more: readonly string[]): Entry {
  const all = [...new Set([...earlier, ...more])].filter(one => one !== entry.text).slice(0, kept);
  return { ...entry, ...(all.length > 0 && { earlier: all }) };
}

/** Without what these were before. */
export const settled = (document: SecretsDocument, names: readonly string[]): SecretsDocument =>
  names.reduce((before, name) => {
    const had = entryOf(before, name);
    return had?.earlier ? withEntry(before, name, { text: had.text, changed: had.changed }) : before;
  }, document);

const withEntry = (document: SecretsDocument, name: string, entry: Entry): SecretsDocument => ({
  ...document,
  secrets: { ...document.secrets, [name]: entry },
});
