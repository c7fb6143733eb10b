import { type Json, sameJson } from '../../../kit/json.ts';
import { wholeNumber } from '../../rules.ts';
import type { QueryFacts } from '../facts/postgres.ts';
import type { Matcher } from '../matcher.ts';
import { counted, shortened } from '../words/found.ts';
import { jsonValue } from '../words/json-path.ts';

const rowsFound = ({ rows }: QueryFacts): string =>
  `${counted(rows.length, 'row')}${rows[0] ? `, the first: ${shortened(JSON.stringify(rows[0]))}` : ''}`;

const returns: Matcher<QueryFacts, [value: Json]> = {
  says: value => `returns ${JSON.stringify(value)}`,
  takes: [jsonValue],
  holds: ({ rows }, value) => rows.length === 1 && rows[0]?.length === 1 && sameJson(rows[0][0], value),
  found: rowsFound,
};

const returnsRows: Matcher<QueryFacts, [amount: number]> = {
  says: amount => `returns ${counted(amount, 'row')}`,
  takes: [wholeNumber(0, 999, 'no more than a thousand rows are read')],
  holds: ({ rows }, amount) => rows.length === amount,
  found: rowsFound,
};

/** What can be said of a query. */
export const queryMatchers = {
  /** One row with one column, and this in it. */
  returns,
  /** Exactly so many. */
  returnsRows,
};
