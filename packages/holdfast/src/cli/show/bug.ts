import { wrapped } from './layout.ts';
import type { Palette } from './screen.ts';

/** What to say of an error that nobody foresaw: it is ours. */
export function bugLines(error: unknown, version: string, paint: Palette, width: number): readonly string[] {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    ...wrapped(`${paint.red(paint.bold('error'))}  `, paint.bold('this is a bug in Holdfast'), width),
    ...wrapped(`${paint.dim('  why')}  `, 'an error came up that nobody foresaw', width),
    ...wrapped(
      `${paint.dim('  fix')}  `,
      'report it with the lines below and with what you did; the same command may well go through if you run it again',
      width,
    ),
    '',
    `  ${paint.dim('│')} holdfast ${version}, node ${process.version}, ${process.platform} ${process.arch}`,
    ...stack.split('\n').map(line => `  ${paint.dim('│')} ${line}`),
  ];
}
