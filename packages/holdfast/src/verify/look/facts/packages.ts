import type { PackageFacts } from '../../../model/assertion/facts/software.ts';
import type { Snapshot } from '../../../ports/looking/snapshot.ts';
import type { Glance } from './glance.ts';
import { textAt, textsIn } from './texts.ts';

export const packageFiles = ['/var/lib/dpkg/status', '/lib/apk/db/installed'] as const;

/** Images without dpkg itself have one file a package. */
export const packageFolders = ['/var/lib/dpkg/status.d'] as const;

/** Only rpm itself can read its database. */
export const rpmDatabase = '/var/lib/rpm';

export function packageIn(snapshot: Snapshot, name: string): Glance<PackageFacts> {
  const [dpkg, apk] = packageFiles.map(path => textAt(snapshot, path));
  const single = textsIn(snapshot, packageFolders[0]);
  const rpm = snapshot.files.get(rpmDatabase);
  const status = [dpkg ?? '', ...single.values()].join('\n\n');
  const found = inDpkg(status, name) ?? inApk(apk ?? '', name);
  if (found) return found;
  if (rpm && 'file' in rpm) return { elsewhere: 'only rpm reads its database' };
  const knows = dpkg !== undefined || apk !== undefined || single.size > 0;
  return { missing: knows ? 'it is not installed' : 'it has no package manager that is known' };
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
  const at = `\n${text}`.indexOf(`\n${line}`);
  if (at < 0) return undefined;
  const start = text.lastIndexOf('\n\n', at) + 1;
  const end = text.indexOf('\n\n', at);
  return text.slice(start, end < 0 ? undefined : end + 1);
}
