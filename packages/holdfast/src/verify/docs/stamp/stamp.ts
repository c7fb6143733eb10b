import * as z from 'zod/mini';
import { sha256 } from '../../../kit/hash.ts';
import type { Address } from '../../../model/address.ts';
import { fingerprintOf, type Rests } from './rests.ts';

/** What each file says of itself, for machines, at its end: who made it, of what, and whether that is still so. */
export interface Stamp {
  readonly format: 1;
  readonly system: string;
  readonly environment: string;
  /** The fingerprint of `rests`. */
  readonly model: string;
  readonly rests: Rests;
  /** SHA-256 of all that stands before it. */
  readonly text: string;
}

/** How a comment of each kind of file begins and ends. */
const comments = {
  md: ['<!--', '-->'],
  html: ['<!--', '-->'],
  svg: ['<!--', '-->'],
  css: ['/*', '*/'],
} as const;

const mark = 'holdfast:docs';

/** The text with its stamp. */
export function stamped(path: string, text: string, of: Pick<Stamp, 'system' | 'environment' | 'rests'>): string {
  const [open, close] = commentOf(path);
  const stamp: Stamp = { format: 1, ...of, model: fingerprintOf(of.rests), text: sha256(text) };
  return `${text}${open} ${mark} ${harmless(JSON.stringify(stamp))} ${close}\n`;
}

const commentOf = (path: string): readonly [string, string] =>
  comments[path.slice(path.lastIndexOf('.') + 1) as keyof typeof comments] ?? comments.md;

/** JSON in which nothing ends a comment. Such marks stand in its texts alone. */
const harmless = (json: string): string =>
  json.replaceAll(/[<>*]|-(?=-)|[^\x20-\x7e]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

const texts = z.record(z.string(), z.string());

const schema = z.object({
  format: z.literal(1),
  system: z.string(),
  environment: z.string(),
  model: z.string(),
  rests: z.object({ fields: texts, names: z.array(z.custom<Address>(isText)), sections: texts }),
  text: z.string(),
});

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

export interface Read {
  readonly stamp: Stamp;
  /** Whether what stands before it is as it was written. */
  readonly isUntouched: boolean;
}

/** Reads the stamp at the end of a file. Undefined for a file that Holdfast did not make. */
export function readStamp(file: string): Read | undefined {
  const at = file.lastIndexOf(` ${mark} `);
  const [, json] = /^ \S+ (\{.*\}) (?:-->|\*\/)\s*$/s.exec(file.slice(Math.max(0, at))) ?? [];
  const stamp = json === undefined ? undefined : parsed(json);
  if (!stamp) return undefined;
  const text = file.slice(0, file.lastIndexOf('\n', at) + 1);
  return { stamp, isUntouched: sha256(text) === stamp.text };
}

function parsed(json: string): Stamp | undefined {
  try {
    const found = schema.safeParse(JSON.parse(json));
    return found.success ? found.data : undefined;
  } catch {
    return undefined;
  }
}
