import { wrapped } from '../../kit/layout.ts';
import { nameIn } from '../../model/address.ts';
import type { Line } from '../../verify/promise/explain.ts';
import type { Status } from '../../verify/promise/reason.ts';
import { type CheckWaiver, spellWaiver } from '../../verify/promise/waivers.ts';
import type { PromisesOutput } from '../output/promises.ts';
import type { Palette } from './screen.ts';

const signs: Readonly<Record<Status, string>> = { kept: '✓', broken: '✗', unproven: '?', stale: '~' };

const dyeOf = (status: Status, { green, red, yellow, dim }: Palette) =>
  ({ kept: green, broken: red, unproven: dim, stale: yellow })[status];

/** All promises, for people. Pure. */
export function promiseLines({ system, environment, promises }: PromisesOutput, paint: Palette, width: number) {
  const head = `${paint.bold(system)} ${paint.dim('·')} ${paint.bold(environment)}`;
  if (promises.length === 0)
    return [head, '', 'Nothing is promised: promise(…) in system.ts says what others may rely on.'];
  return [head, ...promises.flatMap(one => ['', ...promiseBlock(one, paint, width)]), '', totals(promises)];
}

type Told = PromisesOutput['promises'][number];

function promiseBlock({ sentence, status, by, objective, why, risk, waivers }: Told, paint: Palette, width: number) {
  const dye = dyeOf(status, paint);
  const terms = [nameIn(by as never), ...(objective === undefined ? [] : [objective])].join(', ');
  return [
    ...wrapped(`  ${dye(signs[status])} `, `${sentence}  ${paint.dim(terms)}`, width),
    ...(status === 'kept' ? [] : why.slice(0, 3).flatMap(line => wrapped('      ', `${dye(status)}: ${line}`, width))),
    ...(risk
      ? wrapped(
          '      ',
          paint.yellow(`a risk that ${risk.acceptedBy} signed until ${risk.until}: ${risk.because}`),
          width,
        )
      : []),
    ...waivers.flatMap(({ check, ...waiver }) =>
      wrapped('      ', paint.yellow(spellWaiver({ check, waiver } as CheckWaiver)), width),
    ),
  ];
}

function totals(promises: PromisesOutput['promises']): string {
  const counts = [...Map.groupBy(promises, ({ status }) => status)].map(([status, all]) => `${all.length} ${status}`);
  return `${promises.length} ${promises.length === 1 ? 'promise' : 'promises'}: ${counts.join(', ')}`;
}

/** Why one stands as it does, for people. Pure. */
export const explanationLines = (lines: readonly Line[], paint: Palette, width: number): readonly string[] =>
  lines.flatMap(({ depth, status, text }) => {
    const lead = '  '.repeat(depth);
    if (!status) return wrapped(`${lead}  `, depth === 2 ? paint.dim(text) : text, width);
    const dye = dyeOf(status, paint);
    const word = `${dye(status)}  ${depth === 0 ? paint.bold(text) : text}`;
    return wrapped(`${lead}${dye(signs[status])} `, word, width);
  });
