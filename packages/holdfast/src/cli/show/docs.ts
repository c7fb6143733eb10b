import { pathToFileURL } from 'node:url';
import { plural, wrapped } from '../../kit/layout.ts';
import type { DocsOutput } from '../output/docs.ts';
import type { Palette } from './screen.ts';

type Folder = DocsOutput['folders'][number];

/** What was written, or what is stale, for people. Pure. */
export function docsLines(output: DocsOutput, paint: Palette, width: number): readonly string[] {
  const lines = output.folders.flatMap(folder => folderLines(folder, paint, width));
  return [...lines, ...wrapped('', paint.dim(asOfWords(output)), width)];
}

const folderLines = (folder: Folder, paint: Palette, width: number): readonly string[] =>
  folder.stale ? checkedLines(folder, folder.stale, paint, width) : writtenLines(folder, paint, width);

function writtenLines(
  { folder, files, opens, written = [], removed = [], overwritten = [] }: Folder,
  paint: Palette,
  width: number,
) {
  const changes = [
    ...(written.length > 0 ? [`${written.length} written`] : []),
    ...(removed.length > 0 ? [`${removed.length} removed`] : []),
  ];
  return [
    ...wrapped(
      `${paint.green('✓')} `,
      `${plural(files, 'file')} in ${folder}: ${changes.join(', ') || 'all were as they are'}`,
      width,
    ),
    ...overwritten.flatMap(path =>
      wrapped('  ', paint.yellow(`${path} had been written in by hand, and is written anew`), width),
    ),
    ...(opens === undefined ? [] : [`  open ${pathToFileURL(opens)}`]),
  ];
}

function checkedLines({ folder, files }: Folder, stale: NonNullable<Folder['stale']>, paint: Palette, width: number) {
  if (stale.length === 0)
    return wrapped(`${paint.green('✓')} `, `${plural(files, 'file')} in ${folder} say what is declared`, width);
  return [
    ...wrapped(
      `${paint.red('✗')} `,
      `${stale.length} of ${plural(files, 'file')} in ${folder} ${stale.length === 1 ? 'is' : 'are'} stale`,
      width,
    ),
    ...stale.flatMap(({ path, why }) => wrapped(`  ${paint.bold(path)}  `, why.join('; '), width)),
    '  `holdfast docs` writes them anew',
  ];
}

const asOfWords = ({ asOf, environment }: DocsOutput): string =>
  asOf
    ? `evidence is as of fact ${asOf.seq} of the journal, ${asOf.at}; no engine was asked`
    : `there is no journal of ${environment} yet: nothing is shown`;
