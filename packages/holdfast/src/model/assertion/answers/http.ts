import * as z from 'zod/mini';
import type { Json } from '../../../kit/json.ts';
import { rule } from '../../declaration/rule.ts';
import type { HttpFacts } from '../facts/network.ts';
import type { Matcher } from '../matcher.ts';
import { beginningOf } from '../words/found.ts';
import { exactOrPattern, headerName, textOrPattern } from '../words/given.ts';
import { foundAt, isAt, jsonPath, jsonValue } from '../words/json-path.ts';
import { isIn, isThe, plainly, spellWanted, type TextPattern } from '../words/pattern.ts';

type On<A extends readonly (Json | undefined)[] = []> = Matcher<HttpFacts, A>;
type Status = number | readonly number[];

const isStatus = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 100 && Number(value) <= 599;

const status = rule<Status>(
  {
    is: 'a status from 100 to 599, or an array of them',
    why: 'these are the statuses that there are, and an answer must have one of those that are named',
    fix: 'write it as in 200 or [200, 204]',
  },
  value => (Array.isArray(value) ? value.length > 0 && value.every(isStatus) : isStatus(value)),
);

const answers: On<[status: Status]> = {
  says: wanted => `answers ${[wanted].flat().join(' or ')}`,
  takes: [status],
  holds: (facts, wanted) => [wanted].flat().includes(facts.status),
  found: ({ answer }) => answer,
};

const hasHeader: On<[name: string, value?: TextPattern]> = {
  says: (name, value) => `has the header ${name.toLowerCase()}${value === undefined ? '' : `: ${plainly(value)}`}`,
  takes: [headerName, z.optional(exactOrPattern)],
  holds: ({ headers = {} }, name, wanted) => {
    const value = headers[name.toLowerCase()];
    return value !== undefined && (wanted === undefined || isThe(wanted, value));
  },
  found: ({ headers = {} }, name) => {
    const value = headers[name.toLowerCase()];
    return value === undefined
      ? `its headers are ${Object.keys(headers).join(', ')}`
      : `${name.toLowerCase()}: ${value}`;
  },
  reads: 'headers',
};

const says: On<[text: TextPattern]> = {
  says: text => `says ${spellWanted(text)}`,
  takes: [textOrPattern],
  holds: ({ body = '' }, text) => isIn(text, body),
  found: ({ body = '' }) => beginningOf(body, 'it says ') || 'it says nothing',
  reads: 'body',
};

const hasJson: On<[path: string, value: Json]> = {
  says: (path, value) => `says ${JSON.stringify(value)} at ${path} of its JSON`,
  takes: [jsonPath, jsonValue],
  holds: ({ body = '' }, path, value) => isAt(body, path, value),
  found: ({ body = '' }, path) => foundAt(body, path),
  reads: 'body',
};

const redirectsTo: On<[location: TextPattern]> = {
  says: location => `redirects to ${plainly(location)}`,
  takes: [textOrPattern],
  holds: ({ status: given, headers = {} }, location) =>
    given >= 300 && given < 400 && isThe(location, headers.location ?? ''),
  found: ({ answer, headers = {} }) => (headers.location ? `${answer}, to ${headers.location}` : answer),
  reads: 'headers',
};

const versions: readonly unknown[] = ['1.2', '1.3'];

const version = rule<string>(
  { is: "'1.2' or '1.3'", why: 'these are the versions of TLS that are not given up' },
  value => versions.includes(value),
);

const speaksTls: On<[least: '1.2' | '1.3']> = {
  says: least => `speaks TLS ${least}${least === '1.3' ? '' : ' or newer'}`,
  takes: [version],
  holds: ({ tls }, least) => tls !== undefined && Number(tls.version) >= Number(least),
  found: ({ tls }) => (tls ? `TLS ${tls.version}` : 'no TLS'),
};

const isTrusted: On = {
  says: () => 'is to be trusted',
  holds: ({ tls }) => tls !== undefined && tls.distrust === undefined,
  found: ({ tls }) => (tls ? (tls.distrust ?? 'its certificate is trusted') : 'it does not speak TLS'),
};

/** What can be said of what answers over HTTP. */
export const httpMatchers = {
  /** The status, or one of several. No redirect is followed. */
  answers,
  /** It has this header; and this value, where one is given. */
  hasHeader,
  /** The text is in the body, or the pattern matches somewhere. */
  says,
  /** The body is JSON, and has this value at a path such as `'.status'` or `'.items[0].name'`. */
  hasJson,
  /** The status is one of a redirect, and this is where it leads. */
  redirectsTo,
  /** `'1.2'` (or newer) or `'1.3'`. */
  speaksTls,
  /** Its certificate is, by the authorities that Holdfast trusts. */
  isTrusted,
};
