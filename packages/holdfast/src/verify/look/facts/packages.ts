import type { PackageFacts } from '../../../model/assertion/facts/software.ts';
import type { Snapshot } from '../../../ports/looking/snapshot.ts';
import type { Glance } from './glance.ts';
import type { Scene } from './scene.ts';
import { textAt, textsIn } from './texts.ts';

export const packageFiles = ['/var/lib/dpkg/status', '/lib/apk/db/installed'] as const;

/** Images without dpkg itself have one file a package. */
export const packageFolders = ['/var/lib/dpkg/status.d'] as const;

/** Only rpm itself can read its database. */
export const rpmDatabase = '/var/lib/rpm';

/** What package managers wrote down. */
export interface Installed {
  /** Each with an empty line before it and after. */
  readonly dpkg: string;
  readonly apk: string;
  readonly hasRpm: boolean;
}

export function installedIn(snapshot: Snapshot): Installed {
  const [dpkg, apk] = packageFiles.map(path => textAt(snapshot, path));
  const texts = [dpkg, ...textsIn(snapshot, packageFolders[0]).values()];
  const rpm = snapshot.files.get(rpmDatabase);
  return { dpkg: around(texts), apk: around([apk]), hasRpm: rpm !== undefined && 'file' in rpm };
}

const around = (texts: readonly (string | undefined)[]): string => {
  const all = texts.filter(text => text !== undefined);
  return all.length === 0 ? '' : `\n\n${all.join('\n\n')}\n\n`;
};

export function packageIn({ installed: { dpkg, apk, hasRpm } }: Scene, name: string): Glance<PackageFacts> {
  const found = inDpkg(dpkg, name) ?? inApk(apk, name);
  if (found) return found;
  if (hasRpm) return { elsewhere: 'only rpm reads its database' };
  return { missing: dpkg || apk ? 'it is not installed' : 'it has no package manager that is known' };
}

/** A paragraph as in deb822(5). Half installed is not installed. */
function inDpkg(text: string, name: string): Glance<PackageFacts> | undefined {
  const paragraph = paragraphOf(text, `Package: ${name}\n`);
  if (paragraph === undefined) return undefined;
  const [, status = 'install ok installed'] = /^Status: (.*)$/m.exec(paragraph) ?? [];
  const [, version = ''] = /^Version: (.*)$/m.exec(paragraph) ?? [];
  if (!status.endsWith(' ok installed')) return { missing: `it is not installed whole: ${status}` };
  return { facts: { version, manager: 'dpkg' } };
}

function inApk(text: string, name: string): Glance<PackageFacts> | undefined {
  const paragraph = paragraphOf(text, `P:${name}\n`);
  const [, version] = /^V:(.*)$/m.exec(paragraph ?? '') ?? [];
  return version === undefined ? undefined : { facts: { version, manager: 'apk' } };
}

/** The paragraph that a line is in. */
function paragraphOf(text: string, line: string): string | undefined {
  const at = text.indexOf(`\n${line}`);
  return at < 0 ? undefined : text.slice(text.lastIndexOf('\n\n', at), text.indexOf('\n\n', at + 1) + 1);
}
