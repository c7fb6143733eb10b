import { wholeNumber } from '../rules.ts';
import type { Matcher } from './matcher.ts';

/** A TCP port that took a connection. */
export interface PortFacts {
  readonly answer: string;
}

const listens: Matcher<PortFacts> = {
  says: () => 'listens',
  holds: () => true,
  found: ({ answer }) => answer,
  isOfPresence: true,
};

/** What can be said of a TCP port. */
export const portMatchers = {
  /** It takes connections. */
  listens,
};

/** What answered a request. */
export interface HttpFacts {
  readonly status: number;
  /** In words: `503 Service Unavailable: {"database":"down"}`. */
  readonly answer: string;
}

const answers: Matcher<HttpFacts, number> = {
  says: status => `answers ${status}`,
  takes: wholeNumber(100, 599, 'these are the statuses that there are'),
  holds: ({ status }, wanted) => status === wanted,
  found: ({ answer }) => answer,
};

/** What can be said of what a path answers over HTTP. */
export const httpMatchers = {
  /** The status, no redirect followed. */
  answers,
};
