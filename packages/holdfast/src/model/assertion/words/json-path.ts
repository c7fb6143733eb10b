import { type Json, sameJson } from '../../../kit/json.ts';
import { rule } from '../../declaration/rule.ts';
import { spell } from '../../declaration/spell.ts';
import { shortened } from './found.ts';

const step = String.raw`\.[\w$-]+|\[\d+\]|\["[^"]*"\]`;

export const jsonPath = rule<string>(
  {
    is: 'the path to a value in JSON',
    why: "it is a row of '.name' and '[number]'; '.' alone is the whole",
    fix: "write it as in '.items[0].name', or '.[\"a name\"]' for what is no plain word",
  },
  value => typeof value === 'string' && (value === '.' || new RegExp(`^(${step}|\\.(?=\\[))+$`).test(value)),
);

export const jsonValue = rule<Json>(
  {
    is: 'a value as JSON has it',
    why: 'it is compared with one',
    fix: 'give a text, a number, true, false, null, an array or an object',
  },
  value => isJson(value),
);

const isJson = (value: unknown): value is Json => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return (
    typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isJson)
  );
};

/** What is at a path; undefined where nothing is. */
export const valueAt = (whole: Json, path: string): Json | undefined =>
  keysOf(path).reduce<Json | undefined>(
    (value, key) => (typeof value === 'object' && value !== null ? memberOf(value, key) : undefined),
    whole,
  );

/** Not the length of an array, nor what objects have by themselves: JSON has no such members. */
const memberOf = (value: object, key: string): Json | undefined =>
  Object.keys(value).includes(key) ? (value as Readonly<Record<string, Json>>)[key] : undefined;

/** The least JSON that has a value at a path. */
export const jsonWith = (path: string, value: Json): Json =>
  keysOf(path).reduceRight<Json>((inner, key) => ({ [key]: inner }), value);

const keysOf = (path: string): readonly string[] =>
  (path.match(new RegExp(step, 'g')) ?? []).map(part => part.replace(/^\.|^\["?|"?\]$/g, ''));

export const isAt = (text: string, path: string, value: Json): boolean => {
  const parsed = parse(text);
  return parsed !== undefined && sameJson(valueAt(parsed, path), value);
};

/** In words, what a text that should be JSON has at a path. */
export function foundAt(text: string, path: string): string {
  const parsed = parse(text);
  if (parsed === undefined) return text.trim() ? `it is no JSON: ${spell(text.trim())}` : 'there is nothing';
  const value = valueAt(parsed, path);
  return value === undefined ? `nothing at ${path}` : `${shortened(JSON.stringify(value))} at ${path}`;
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
