import { spellDuration } from '../../kit/duration.ts';
import { columns, plural } from '../../kit/layout.ts';
import type { BakedOutput, BakeOutput } from '../output/bake.ts';
import { problemLines } from './problem.ts';
import type { Palette } from './screen.ts';

/** What a bake came to, for people. Pure. */
export function bakeLines(
  { images, failed, brought, lock }: BakeOutput,
  paint: Palette,
  width: number,
): readonly string[] {
  return [
    ...lockLines(lock, paint),
    ...columns(images.map(image => row(image, paint))),
    ...images.flatMap(({ name, failed: not = [] }) => not.map(line => paint.red(`  ${name}: ${line}`))),
    ...brought.flatMap(({ as }) => (as === undefined ? [] : [`   ${paint.cyan(as)}`])),
    ...[...failed, ...brought.map(({ image, problem }) => ({ name: image, problem }))].flatMap(({ name, problem }) =>
      problem ? ['', `${paint.red('✗')} ${paint.bold(name)}`, ...problemLines(problem, paint, width)] : [],
    ),
  ];
}

function lockLines(lock: BakeOutput['lock'], paint: Palette): readonly string[] {
  if (lock.length === 0) return [];
  // What a first lock holds is everything.
  if (lock.length > 20 && lock.every(({ before }) => before.length === 0))
    return [`${paint.bold('holdfast.lock')} ${paint.green('+')} ${plural(lock.length, 'package')}`, ''];
  const rows = lock.map(({ name, before, after }) => {
    if (before.length === 0) return [paint.green('+'), name, after.join(', ')];
    if (after.length === 0) return [paint.red('-'), name, before.join(', ')];
    return [paint.yellow('~'), name, `${before.join(', ')} → ${after.join(', ')}`];
  });
  return [paint.bold('holdfast.lock'), ...columns(rows).map(line => `  ${line}`), ''];
}

function row(image: BakedOutput, paint: Palette): readonly string[] {
  const isGood = image.seal !== 'refused';
  return [
    isGood ? paint.green('✓') : paint.red('✗'),
    paint.bold(image.name),
    image.digest.slice('sha256:'.length, 'sha256:'.length + 12),
    `${spellMegabytes(image.size)} in ${plural(image.layers, 'layer')}`,
    image.kept ? paint.dim('was there') : `baked in ${spellDuration(image.milliseconds)}`,
    sealWords(image, paint),
  ];
}

const spellMegabytes = (bytes: number): string =>
  bytes < 1e5 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

function sealWords({ seal, checks = 0, reproducible }: BakedOutput, paint: Palette): string {
  if (seal === undefined) return paint.dim('not sealed');
  if (seal === 'refused') return paint.red('refused');
  const same = reproducible ? ', the same bits twice' : '';
  return seal === 'sealed' ? `sealed: ${plural(checks, 'check')}${same}` : paint.dim('sealed before');
}
