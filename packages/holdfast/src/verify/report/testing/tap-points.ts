import { type FinalResults, Parser, type Result as TapPoint } from 'tap-parser';

export interface Parsed {
  readonly final: FinalResults;
  /** What is not TAP, or contradicts itself, at whatever depth. */
  readonly errors: readonly string[];
  /** The test points that stand for sentences. */
  readonly points: readonly TapPoint[];
}

/** By a parser of the TAP project itself, which takes nothing but TAP. */
export function parsed(lines: readonly string[]): Parsed {
  const errors: string[] = [];
  const points: TapPoint[] = [];
  const watch = (parser: Parser): void => {
    parser.on('child', watch);
    parser.on('extra', data => errors.push(`not TAP: ${data}`));
    parser.on('assert', (point: TapPoint) => parser.level === 2 && points.push(point));
    parser.on('complete', ({ failures }: FinalResults) => {
      errors.push(...failures.flatMap(failure => (failure.tapError ? [String(failure.tapError)] : [])));
    });
  };
  const parser = new Parser({ strict: true });
  watch(parser);
  let final: FinalResults | undefined;
  parser.on('complete', results => {
    final = results;
  });
  parser.end(`${lines.join('\n')}\n`);
  if (!final) throw new Error('the parser came to no end');
  return { final, errors, points };
}
