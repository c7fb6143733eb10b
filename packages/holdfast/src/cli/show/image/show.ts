import { columns, plural } from '../../../kit/layout.ts';
import { spellSize } from '../../../kit/size.ts';
import type { ImageShowOutput } from '../../output/image/show.ts';
import { dayAndTime } from '../moment.ts';
import { problemLines } from '../problem.ts';
import type { Palette } from '../screen.ts';

/** All of one image, for people. Pure. */
export function imageShowLines(image: ImageShowOutput, paint: Palette, width: number): readonly string[] {
  return [
    `${paint.bold(image.name ?? 'image')} ${paint.dim(image.digest)}`,
    '',
    ...titled('Settings', settingRows(image, paint), paint),
    ...titled('Layers', layerRows(image), paint),
    ...titled('Contents', contentRows(image, paint), paint),
    ...sealLines(image, paint, width),
  ];
}

type Rows = readonly (readonly string[])[];

const titled = (title: string, rows: Rows, paint: Palette): readonly string[] =>
  rows.length === 0 ? [] : [paint.bold(title), ...columns(rows).map(line => `  ${line}`), ''];

function settingRows({ settings }: ImageShowOutput, paint: Palette): Rows {
  const { user, env, entrypoint, command, workdir, labels, ports, stopSignal } = settings;
  return [
    ['user', user ?? paint.yellow('root')],
    ...(entrypoint ? [['entrypoint', entrypoint.join(' ')]] : []),
    ...(command ? [['command', command.join(' ')]] : []),
    ...(workdir === undefined ? [] : [['workdir', workdir]]),
    ...(ports.length > 0 ? [['ports', ports.join(' ')]] : []),
    ...(stopSignal === undefined ? [] : [['stop signal', stopSignal]]),
    ...Object.entries(env).map(([name, value]) => [`env ${name}`, value]),
    ...Object.entries(labels).map(([name, value]) => [`label ${name}`, value]),
  ];
}

const layerRows = ({ layers, size }: ImageShowOutput): Rows => [
  ...layers.map(layer => [
    layer.digest.slice('sha256:'.length, 'sha256:'.length + 12),
    spellSize(layer.size),
    layer.by,
  ]),
  ['in all', spellSize(size)],
];

const kinds: Readonly<Record<string, string>> = { deb: 'Debian', npm: 'npm', apk: 'Alpine', generic: 'other' };

const contentRows = ({ packages, setIdFiles }: ImageShowOutput, paint: Palette): Rows => [
  ...Object.entries(packages).map(([kind, count]) => ['packages', `${count} ${kinds[kind] ?? kind}`]),
  ...(setIdFiles.length > 0 ? [['set-id', paint.yellow(setIdFiles.join(' '))]] : []),
];

function sealLines(image: ImageShowOutput, paint: Palette, width: number): readonly string[] {
  const { seal, problem } = image;
  if (problem) return problemLines(problem, paint, width);
  if (!seal)
    return [paint.yellow('Not sealed: no environment that demands a seal takes it. `holdfast bake` seals it.')];
  const { signer, key, at, checks, contacted, reproducible, record, sbom } = seal;
  return [
    `${paint.bold('Seal')}`,
    ...columns([
      ['signed by', `${signer || 'nobody named'} ${paint.dim(key.slice(0, 12))}, ${dayAndTime(at)}`],
      ['same bits twice', reproducible === undefined ? paint.dim('was not tried') : reproducible ? 'yes' : 'no'],
      ['contacted', contacted.join(' ') || 'no host'],
      ['record', record],
      ['SBOM', sbom],
      ['passed', plural(checks.length, 'check')],
    ]).map(line => `  ${line}`),
    ...checks.map(
      ({ sentence, check, ok }) =>
        `    ${ok ? paint.green('✓') : paint.red('✗')} ${sentence}${check === undefined ? '' : paint.dim(` (${check})`)}`,
    ),
  ];
}
