import { columns, plural } from '../../../kit/layout.ts';
import { spellSize } from '../../../kit/size.ts';
import type { ImageListOutput } from '../../output/image/list.ts';
import { age } from '../moment.ts';
import { problemLines } from '../problem.ts';
import type { Palette } from '../screen.ts';

type Row = ImageListOutput['images'][number];

/** The images of a system, for people. Pure; `now` is in milliseconds since 1970. */
export function imageListLines(list: ImageListOutput, now: number, paint: Palette, width: number): readonly string[] {
  const { system, environment, images, doubts } = list;
  const head = `${paint.bold(system)} ${paint.dim('·')} ${paint.bold(environment)}   ${plural(new Set(images.map(({ name }) => name)).size, 'image')}`;
  const titles = ['', 'image', 'digest', 'size', 'baked', 'seal', 'releases'].map(title => paint.dim(title));
  return [
    head,
    '',
    ...(images.length > 0 ? columns([titles, ...images.map(image => row(image, now, paint))]) : []),
    ...doubts.flatMap(problem => ['', ...problemLines(problem, paint, width)]),
  ];
}

function row(image: Row, now: number, paint: Palette): readonly string[] {
  const { name, digest, size, layers = 0, baked, declared, stored } = image;
  return [
    declared ? paint.green('●') : paint.dim('○'),
    declared ? paint.bold(name) : paint.dim(name),
    digest === undefined ? '' : shortDigest(digest),
    digest === undefined
      ? paint.yellow('not baked')
      : stored && size !== undefined
        ? `${spellSize(size)} in ${plural(layers, 'layer')}`
        : paint.yellow('not in the store'),
    baked === undefined ? '' : `${age(now - Date.parse(baked))} ago`,
    sealWords(image, paint),
    image.releases.map(number => `r${number}`).join(' '),
  ];
}

/** As many letters of a digest as people compare. */
export const shortDigest = (digest: string): string => digest.slice('sha256:'.length, 'sha256:'.length + 12);

function sealWords({ seal, digest }: Row, paint: Palette): string {
  if (seal === 'sealed') return paint.green('sealed');
  if (seal === 'invalid') return paint.red('does not hold');
  if (seal === 'refused') return paint.red('refused');
  return digest === undefined ? '' : paint.dim('not sealed');
}
