import { subject } from '../declaration/handle.ts';
import type { Check, Whole } from './across.ts';

/** What a name on the engine is longer by: hyphens between its parts, the slot and the id. */
const slots: Readonly<Record<string, number>> = {
  service: '.999'.length,
  job: '.job'.length,
  migration: '.migration'.length,
};
const idLength = '-'.length + 12;
const labelLength = 63;

/** Instances are hosts, and a host name is a label: system, environment, name, slot and id must fit. */
export const namesTooLong: Check = whole =>
  whole.resources
    .filter(({ kind }) => kind in slots)
    .filter(({ kind, name }) => lengthOf(whole, name) > roomFor(kind))
    .map(({ kind, name, at }) => ({
      what: `${subject(kind, name)} has a name that is too long`,
      ...(at && { where: at }),
      why: `instances are hosts named "${whole.system}-${longest(whole)}-${name}" and an id: that comes to ${lengthOf(whole, name)} characters, and ${roomFor(kind)} fit into a DNS label`,
      fix: `shorten it, or the system's name, by ${lengthOf(whole, name) - roomFor(kind)} characters`,
    }));

const roomFor = (kind: string): number => labelLength - idLength - (slots[kind] ?? 0);

/** The longest environment counts, so that what fits in one fits in all that a release is promoted to. */
const longest = ({ target }: Whole): string =>
  [target.name, ...(target.environments ?? [])].reduce((a, b) => (b.length > a.length ? b : a));

const lengthOf = (whole: Whole, name: string): number => `${whole.system}-${longest(whole)}-${name}`.length;

/** Resources on an engine that the environment does not have. */
export const enginesUnknown: Check = ({ resources, target: { engines, name: environment } }) =>
  resources
    .filter(({ engine }) => engines && !engines.includes(engine))
    .map(({ kind, name, engine, at }) => ({
      what: `${subject(kind, name)} is to live on engine "${engine}", which environment "${environment}" does not have`,
      ...(at && { where: at }),
      why: `its engines are ${engines?.join(', ')}`,
      fix: `add it in holdfast.config.ts: engines: { ${engine}: engine.local() }, or name one of those`,
    }));
