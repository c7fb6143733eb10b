import picocolors from 'picocolors';

export type Palette = ReturnType<typeof picocolors.createColors>;

export const plain: Palette = picocolors.createColors(false);
export const coloured: Palette = picocolors.createColors(true);

/** Where text for people goes. */
export interface Screen {
  readonly palette: Palette;
  /** Columns; without end where nobody reads along. */
  readonly width: number;
  readonly isTerminal: boolean;
  print(lines: readonly string[]): void;
}

type Stream = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;

/** `color` is what the option says: false for `--no-color`. */
export function screenOf(stream: Stream, env: NodeJS.ProcessEnv, color = true): Screen {
  return {
    palette: color && wantsColour(stream, env) ? coloured : plain,
    width: stream.isTTY ? stream.columns || 80 : Number.POSITIVE_INFINITY,
    isTerminal: Boolean(stream.isTTY),
    print: lines => void (lines.length > 0 && stream.write(`${lines.join('\n')}\n`)),
  };
}

/** By no-color.org and force-color.org; the one who wants none has the last word. */
export function wantsColour({ isTTY }: Pick<Stream, 'isTTY'>, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0';
  return Boolean(isTTY) && env.TERM !== 'dumb';
}
