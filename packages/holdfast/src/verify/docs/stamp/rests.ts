import { digestOf } from '../../../kit/hash.ts';
import type { Address } from '../../../model/address.ts';
import { byAddress, type SystemModel } from '../../../model/system-model.ts';
import { namedIn, type Page } from '../page/page.ts';

/** The parts of the model that a page rests on, so that what changed can be named. */
export interface Rests {
  /** What is declared of what the page is about: short values as they are, others as their digest. */
  readonly fields: Readonly<Record<string, string>>;
  /** All that it names, sorted. */
  readonly names: readonly Address[];
  /** The digest of what each section says without anything that was found, by its title. */
  readonly sections: Readonly<Record<string, string>>;
}

/** Of a page that was written from the model alone. */
export const restsOf = (page: Page, model: SystemModel): Rests => ({
  fields: page.of === undefined ? {} : fieldsOf(page.of, model),
  names: namedIn(page),
  sections: Object.fromEntries([
    ['', short({ kind: page.kind, title: page.title, lead: page.lead })],
    ...page.sections.map(({ title, blocks }) => [title, short(blocks)]),
  ]),
});

/** The fingerprint of the parts of the model. */
export const fingerprintOf = (rests: Rests): string => digestOf(rests);

function fieldsOf(of: Address, model: SystemModel): Rests['fields'] {
  const spec = byAddress(model).get(of)?.spec ?? {};
  return Object.fromEntries(Object.entries(spec).map(([field, value]) => [field, told(value)]));
}

/** What is short and plain can be told again; a longer value, or one with parts, is only known to be another. */
const told = (value: unknown): string =>
  typeof value === 'object' || String(value).length > 60 ? `sha256:${short(value)}` : String(value);

const short = (value: unknown): string => digestOf(value).slice(0, 12);

/** What changed from one to the other, in words. */
export function changesIn(then: Rests, now: Rests): readonly string[] {
  const came = now.names.filter(name => !then.names.includes(name));
  const went = then.names.filter(name => !now.names.includes(name));
  const changed = [
    ...fieldChanges(then.fields, now.fields),
    ...came.map(name => `${name} came in`),
    ...went.map(name => `${name} is no longer part of it`),
  ];
  const sections = differing(then.sections, now.sections).map(title => (title === '' ? 'its beginning' : `"${title}"`));
  return changed.length > 0 || sections.length === 0 ? changed : [`${sections.join(', ')} would read differently`];
}

const fieldChanges = (then: Rests['fields'], now: Rests['fields']): readonly string[] =>
  differing(then, now).map(field => {
    const [from, to] = [then[field] ?? 'not there', now[field] ?? 'not there'];
    const isPlain = ![from, to].some(value => value.startsWith('sha256:'));
    return isPlain ? `${field}: ${from} → ${to}` : `${field} is declared differently`;
  });

const differing = (then: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): readonly string[] =>
  [...new Set([...Object.keys(then), ...Object.keys(now)])].filter(key => then[key] !== now[key]);
