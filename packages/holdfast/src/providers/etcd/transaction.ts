/** One key with what it holds. */
export interface Found {
  readonly value: string;
  readonly revision: number;
}

/** What a transaction answered. */
export interface Answer {
  /** Whether all conditions were met. */
  readonly isSo: boolean;
  readonly kvs: ReadonlyMap<string, Found>;
}

/** A line of shell that makes a transaction: conditions, what is done where they are met, and where not. No word has a quote in it. */
export const transaction = (conditions: readonly string[], met: readonly string[], unmet: readonly string[]): string =>
  `printf '%s\\n' ${lines(conditions)} '' ${lines(met)} '' ${lines(unmet)} '' | etcdctl -w json txn`;

const lines = (words: readonly string[]): string => words.map(word => `'${word}'`).join(' ');

/** As etcdctl writes it: keys and values in base64, what is false or empty left out. */
interface Written {
  readonly succeeded?: boolean;
  readonly responses?: readonly {
    readonly Response: { readonly ResponseRange?: Range };
  }[];
}

interface Range {
  readonly kvs?: readonly { readonly key: string; readonly value?: string; readonly mod_revision: number }[];
}

export function foundIn(json: string): Answer {
  const { succeeded = false, responses = [] } = JSON.parse(json) as Written;
  const kvs = responses.flatMap(({ Response }) => Response.ResponseRange?.kvs ?? []);
  return {
    isSo: succeeded,
    kvs: new Map(
      kvs.map(({ key, value = '', mod_revision }) => [decoded(key), { value: decoded(value), revision: mod_revision }]),
    ),
  };
}

const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');
