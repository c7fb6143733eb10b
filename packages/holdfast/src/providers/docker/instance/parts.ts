import { digestOf } from '../../../kit/hash.ts';
import { canonical } from '../../../kit/json.ts';
import { isText, type Value } from '../../../model/value.ts';
import type { InstanceDesire, SealedText } from '../../../ports/desires.ts';

/** One thing that a specification declares and that a container can't change after birth. */
export interface Part {
  /** What it is known by ever after: twelve digits of a digest, of the seal alone where there is a secret in it. */
  readonly digest: string;
  /** For people; secrets never. */
  readonly words: string;
}

/** By aspect: `image`, `env DATABASE_HOST`, `mount /var/lib/shop`. Only what is declared, so that new ones change nothing. */
export type Parts = Readonly<Record<string, Part>>;

export const hiddenText = '[secret]';

export const partsOf = (spec: InstanceDesire): Parts => Object.fromEntries(declaredBy(spec));

/** The digest of each part, and of all. */
export const digestsOf = (parts: Parts): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(parts).map(([aspect, { digest }]) => [aspect, digest]));

export const bornWithOf = (parts: Parts): string => digestOf(digestsOf(parts));

/** The part of an aspect that takes a host port, as the name of that aspect. */
export const hostPortAspect = (hostAddress: string, hostPort: number | string): string =>
  `host port ${hostAddress}:${hostPort}`;

/** The part of a name that is known by a declared address, as the name of that aspect. */
export const hostAspect = (name: string): string => `host ${name}`;

export const imagePart = (reference: string): Part => told('image', reference)[1];

function* declaredBy(spec: InstanceDesire): Generator<[string, Part]> {
  yield told('image', spec.image);
  if (spec.entrypoint) yield told('entrypoint', spell(spec.entrypoint), spec.entrypoint);
  if (spec.command) yield told('command', spell(spec.command), spec.command);
  if (spec.workdir) yield told('working directory', spec.workdir);
  if (spec.user) yield told('user', spec.user);
  yield told('hostname', spec.hostname);
  for (const [key, text] of Object.entries(spec.env)) yield told(`env ${key}`, wordsOf(text), trace(text));
  for (const [path, file] of Object.entries(spec.files))
    yield told(`file ${path}`, wordsOfFile(file), { ...file, content: trace(file.content) });
  for (const [path, volume] of Object.entries(spec.mounts)) yield told(`mount ${path}`, `volume ${volume}`);
  for (const [path, volume] of Object.entries(spec.reads ?? {}))
    yield told(`mount ${path}`, `volume ${volume}, read-only`);
  if (spec.ports.length > 0) yield told('ports', spellPorts(spec.ports));
  for (const { port, hostAddress, hostPort } of spec.publish)
    yield told(hostPortAspect(hostAddress, hostPort), `port ${port}`);
  if (spec.readOnly) yield told('root file system', 'read-only');
  if (spec.capabilities.length > 0) yield told('capabilities', spellCapabilities(spec.capabilities));
  for (const [name, text] of Object.entries(spec.hosts ?? {})) yield told(hostAspect(name), wordsOf(text), trace(text));
  if (spec.stopBefore) yield told('before it stops', spell(spec.stopBefore), spec.stopBefore);
  if (spec.reaches?.engine) yield told('reach engine', 'the engine’s socket, which is root on its machine');
  if (spec.reaches?.journal) yield told('reach journal', `the folder ${spec.reaches.journal}`);
  if (spec.cluster) yield told('cluster', spec.cluster);
  yield told('stop grace', spellSeconds(inSeconds(spec.stopGrace)));
}

const told = (aspect: string, words: string, value: unknown = words): [string, Part] => [
  aspect,
  { digest: digestOf(value).slice(0, 12), words },
];

const trace = (text: SealedText): unknown => (text.seal === undefined ? plainText(text.value) : { seal: text.seal });

const wordsOf = (text: SealedText): string => (text.seal === undefined ? plainText(text.value) : hiddenText);

const wordsOfFile = ({ content, mode, owner }: InstanceDesire['files'][string]): string =>
  [...(content.seal === undefined ? [] : [hiddenText]), `mode ${mode}`, `owner ${owner}`].join(', ');

/** The text of a value without secrets. */
function plainText(value: Value): string {
  if (typeof value === 'string') return value;
  return isText(value) ? value.$text.map(plainText).join('') : canonical(value);
}

/** Docker counts whole seconds; less than one would be an immediate kill. */
export const inSeconds = (milliseconds: number): number => Math.ceil(milliseconds / 1_000);

export const spell = (words: readonly string[]): string =>
  words.map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');

export const spellPorts = (ports: readonly number[]): string => ports.toSorted((a, b) => a - b).join(', ');

export const spellCapabilities = (names: readonly string[]): string =>
  names
    .map(name => name.replace(/^CAP_/, ''))
    .toSorted()
    .join(', ');

export const spellSeconds = (seconds: number): string => `${seconds}s`;
