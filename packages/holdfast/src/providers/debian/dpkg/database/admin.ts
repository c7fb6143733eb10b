import type { TreeEntry } from '../../../../kit/tree.ts';
import type { ImageTree } from '../../../../ports/image-tree.ts';
import { linesOf, type Package, textOf } from '../package.ts';
import { directoryOf, fileOf, md5Of } from '../tree/content.ts';
import type { Merged } from '../tree/merge.ts';
import { fieldsOf, paragraphOf, paragraphsOf } from './control.ts';
import type { Triggers } from './triggers.ts';

const admin = 'var/lib/dpkg';
const scripts = new Set(['preinst', 'postinst', 'prerm', 'postrm', 'config']);

export interface Recorded {
  readonly merged: Merged;
  readonly triggers: Triggers;
  readonly below: ImageTree | undefined;
  /** `unpacked` where something is to be run; `installed` where all is done. */
  readonly state: 'unpacked' | 'installed';
  readonly isExcluded: (path: string) => boolean;
  readonly epoch: number;
}

/** /var/lib/dpkg as dpkg would leave it behind the packages. */
export async function databaseOf(recorded: Recorded): Promise<readonly TreeEntry[]> {
  const { merged, triggers, below, epoch } = recorded;
  const infos = await Promise.all([...merged.owned].map(([one, paths]) => infoOf(one, paths, recorded)));
  const lists = await Promise.all([...merged.lostBelow].map(([label, lost]) => relisted(label, lost, recorded)));
  return [
    ...(below ? [] : skeleton(epoch)),
    fileOf(`${admin}/status`, await statusOf(recorded), epoch),
    ...infos.flat(),
    ...lists,
    fileOf(`${admin}/triggers/File`, triggers.file, epoch),
    fileOf(`${admin}/triggers/Unincorp`, triggers.fired.map(name => `${name} -\n`).join(''), epoch),
    ...[...triggers.named].map(([name, text]) => fileOf(`${admin}/triggers/${name}`, text, epoch)),
  ];
}

const skeleton = (epoch: number): readonly TreeEntry[] => [
  ...['', '/alternatives', '/info', '/parts', '/triggers', '/updates'].map(at => directoryOf(admin + at, epoch)),
  fileOf(`${admin}/available`, '', epoch),
  fileOf(`${admin}/info/format`, '1\n', epoch),
];

async function infoOf(one: Package, paths: readonly string[], recorded: Recorded): Promise<readonly TreeEntry[]> {
  const file = (part: string, content: string | Uint8Array): TreeEntry =>
    fileOf(`${admin}/info/${one.label}.${part}`, content, recorded.epoch, scripts.has(part) ? 0o755 : 0o644);
  const sums = await sumsOf(one, new Set(paths), recorded.isExcluded);
  return [
    file('list', ['/.', ...paths].map(path => `${path}\n`).join('')),
    file('md5sums', sums),
    ...[...one.parts].filter(([part]) => part !== 'md5sums').map(([part, bytes]) => file(part, bytes)),
  ];
}

/** As the package brings them, without what was left out; dpkg makes those of a package that brings none, also empty ones. */
async function sumsOf(one: Package, paths: ReadonlySet<string>, isExcluded: Recorded['isExcluded']): Promise<string> {
  if (!one.parts.has('md5sums')) return madeSums(one, paths);
  const lines = textOf(one, 'md5sums').split('\n');
  return lines
    .filter(line => line !== '' && !isExcluded(`/${line.slice(34)}`))
    .map(line => `${line}\n`)
    .join('');
}

async function madeSums(one: Package, paths: ReadonlySet<string>): Promise<string> {
  const conffiles = new Set(linesOf(one, 'conffiles'));
  const files = one.entries.filter(
    ({ type, path }) => type === 'file' && paths.has(`/${path}`) && !conffiles.has(`/${path}`),
  );
  const lines = await Promise.all(files.map(async file => `${await md5Of(file)}  ${file.path}\n`));
  return lines.join('');
}

async function relisted(label: string, lost: ReadonlySet<string>, { below, epoch }: Recorded): Promise<TreeEntry> {
  const path = `${admin}/info/${label}.list`;
  const list = Buffer.from((await below?.read(path)) ?? []).toString();
  return fileOf(
    path,
    list
      .split('\n')
      .filter(line => !lost.has(line))
      .join('\n'),
    epoch,
  );
}

async function statusOf({ merged, below, state }: Recorded): Promise<string> {
  const before = Buffer.from((await below?.read(`${admin}/status`)) ?? []).toString();
  const added = await Promise.all([...merged.owned].map(([one, paths]) => statusOfOne(one, new Set(paths), state)));
  const known = [...paragraphsOf(before).map(part => `${part.trimEnd()}\n`), ...added];
  const sorted = known.map(part => ({ part, name: nameOf(part) })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return sorted.map(({ part }) => `${part}\n`).join('');
}

const nameOf = (paragraph: string): string => fieldsOf(paragraph).get('Package') ?? '';

/**
 * Conffiles stand in their place already, with the sums that they have after configuring: dpkg takes one without a
 * `.dpkg-new` for settled (deferred_configure_conffile in its src/main/configure.c).
 */
async function statusOfOne(one: Package, paths: ReadonlySet<string>, state: Recorded['state']): Promise<string> {
  const named = new Map(one.entries.map(entry => [`/${entry.path}`, entry]));
  const conffiles = linesOf(one, 'conffiles').flatMap(path => {
    const entry = paths.has(path) ? named.get(path) : undefined;
    return entry ? [md5Of(entry).then(sum => `\n ${path} ${sum}`)] : [];
  });
  const sums = await Promise.all(conffiles);
  const fields = new Map(one.fields).set('Status', `install ok ${state}`);
  return paragraphOf(sums.length > 0 ? fields.set('Conffiles', sums.join('')) : fields);
}
