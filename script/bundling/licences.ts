import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const packageOf = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

/** The licences of the packages that modules are of, which want to be passed on with them. */
export async function licencesOf(modules: readonly string[]): Promise<string> {
  const folders = [...new Set(modules.flatMap(id => packageOf.exec(id) ?? []))].sort();
  const told = await Promise.all(folders.map(toldBy));
  return [...new Set(told)].join(`\n${'-'.repeat(80)}\n\n`);
}

async function toldBy(folder: string): Promise<string> {
  const { name, version, license, licenses } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter(file => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map(file => readFile(join(folder, file), 'utf8')));
  const kinds = license ?? licenses.map(({ type }: { readonly type: string }) => type).join(', ');
  return [`${name} ${version}: ${kinds}`, ...texts.map(text => text.trim()), ''].join('\n\n');
}
