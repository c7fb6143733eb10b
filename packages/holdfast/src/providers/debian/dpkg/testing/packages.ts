import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LockedPackage } from '../../../../ports/distribution.ts';
import type { DebPackage } from '../../deb/deb-package.ts';
import { debReader } from '../../deb/reader.ts';

export interface PackageDraft {
  readonly name: string;
  readonly version?: string;
  readonly architecture?: string;
  /** Further fields of the control file. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Content by path; `-> x` makes a symbolic link, `= x` a hard link, and a path with a slash at its end a folder. */
  readonly files?: Readonly<Record<string, string>>;
  readonly modes?: Readonly<Record<string, number>>;
  /** Files of the control part; `md5sums` is made unless it is `none`. */
  readonly parts?: Readonly<Record<string, string>>;
}

/** Seconds since 1970: of every file in a draft. */
export const made = 1_600_000_000;

const ground = mkdtempSync(join(tmpdir(), 'holdfast-packages-'));
// Not after the tests of one file: those of the next one build packages too.
process.once('exit', () => rmSync(ground, { recursive: true }));

/** A package that dpkg-deb built. */
export interface BuiltPackage {
  readonly file: string;
  readonly locked: LockedPackage;
}

export function build(draft: PackageDraft): BuiltPackage {
  const { name, version = '1.0-1', architecture = 'amd64' } = draft;
  const folder = mkdtempSync(join(ground, `${name}-`));
  layOut(join(folder, 'tree'), draft, { name, version, architecture });
  const file = join(folder, `${name}.deb`);
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(made) };
  execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', join(folder, 'tree'), file], { env });
  return { file, locked: { name, version, architecture, size: 0, sha256: '', suite: '', path: '' } };
}

function layOut(root: string, { files = {}, modes = {}, parts = {}, fields = {} }: PackageDraft, base: object): void {
  for (const [path, content] of Object.entries(files)) put(join(root, path), content, root);
  for (const [path, mode] of Object.entries(modes)) chmodSync(join(root, path), mode);
  const { name, version, architecture } = base as Record<string, string>;
  const control = {
    Package: name,
    Version: version,
    Architecture: architecture,
    Maintainer: 'Nobody <nobody@example.org>',
    ...fields,
    Description: `what is needed of ${name}\n More than a line\n .\n of it.`,
  };
  const text = Object.entries(control).map(([field, value]) => `${field}: ${value}\n`);
  const { md5sums = sumsOf(files, parts.conffiles ?? ''), ...others } = parts;
  const all = { control: text.join(''), ...(md5sums !== 'none' && { md5sums }), ...others };
  for (const [part, content] of Object.entries(all)) {
    put(join(root, 'DEBIAN', part), content, root);
    chmodSync(join(root, 'DEBIAN', part), /inst$|rm$/.test(part) ? 0o755 : 0o644);
  }
}

function put(path: string, content: string, root: string): void {
  mkdirSync(path.endsWith('/') ? path : dirname(path), { recursive: true });
  if (path.endsWith('/')) return;
  const [, sign, target = ''] = /^(->|=) (.+)$/.exec(content) ?? [];
  if (sign === '->') symlinkSync(target, path);
  else if (sign === '=') linkSync(join(root, target), path);
  else {
    writeFileSync(path, content);
    utimesSync(path, made, made);
  }
}

const sumsOf = (files: Readonly<Record<string, string>>, conffiles: string): string =>
  Object.entries(files)
    .filter(([path, content]) => !/^(->|=) |\/$/.test(content) && !path.endsWith('/') && !conffiles.includes(path))
    .map(([path, content]) => `${createHash('md5').update(content).digest('hex')}  ${path}\n`)
    .join('');

/** As the reader takes them apart. */
export async function read(
  packages: readonly BuiltPackage[],
): Promise<readonly (readonly [LockedPackage, DebPackage])[]> {
  const scratch = mkdtempSync(join(ground, 'scratch-'));
  const reader = debReader();
  const signal = new AbortController().signal;
  return Promise.all(
    packages.map(async ({ file, locked }) => [locked, await reader.read(file, scratch, signal)] as const),
  );
}
