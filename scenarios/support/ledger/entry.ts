/**
 * What a writer knows of a row that it sent: acknowledged, refused, or neither, since the connection broke after COMMIT
 * was sent.
 */
export type Outcome = 'ok' | 'failed' | 'unknown';

/** A numbered row of a numbered writer. Nobody writes a number twice. */
export interface Row {
  readonly writer: number;
  readonly row: number;
}

/** A line of a ledger. `sent` stands there before COMMIT is sent, so that a killed writer leaves no row untold. */
export interface Entry extends Row {
  readonly said: 'sent' | Outcome;
  /** Milliseconds of the machine's monotonic clock, which all processes share. */
  readonly at: number;
  /** Why it was not acknowledged. */
  readonly why?: string;
}

export const keyOf = ({ writer, row }: Row): string => `${writer}/${row}`;

/** Milliseconds since the machine started. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;

export const lineOf = (entry: Entry): string => `${JSON.stringify(entry)}\n`;

/** All whole lines: one that a kill cut off was not told to anybody. */
export const entriesIn = (text: string): readonly Entry[] =>
  text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
