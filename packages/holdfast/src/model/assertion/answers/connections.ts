import type { TcpFacts, UdpFacts } from '../facts/network.ts';
import type { Matcher } from '../matcher.ts';
import { beginningOf } from '../words/found.ts';
import { textOrPattern } from '../words/given.ts';
import { isIn, spellWanted, type TextPattern } from '../words/pattern.ts';

const accepts: Matcher<TcpFacts> = {
  says: () => 'accepts connections',
  holds: () => true,
  found: ({ answer }) => answer,
  isOfPresence: true,
};

const greetsWith: Matcher<TcpFacts, [text: TextPattern]> = {
  says: text => `greets with ${spellWanted(text)}`,
  takes: [textOrPattern],
  holds: ({ greeting = '' }, text) => isIn(text, greeting),
  found: ({ greeting = '' }) => beginningOf(greeting, 'it says ') || 'it says nothing',
  reads: 'greeting',
};

/** What can be said of a TCP port of any host. */
export const tcpMatchers = {
  accepts,
  /** What it says first has the text in it, or matches the pattern. */
  greetsWith,
};

const replies: Matcher<UdpFacts> = {
  says: () => 'replies',
  holds: () => true,
  found: ({ reply }) => beginningOf(reply, 'it says ') || 'an empty reply',
  isOfPresence: true,
};

const repliesWith: Matcher<UdpFacts, [text: TextPattern]> = {
  says: text => `replies with ${spellWanted(text)}`,
  takes: [textOrPattern],
  holds: ({ reply }, text) => isIn(text, reply),
  found: ({ reply }) => beginningOf(reply, 'it says ') || 'an empty reply',
};

/** What can be said of a UDP port of any host. */
export const udpMatchers = {
  /** Anything comes back. */
  replies,
  /** The text is in what comes back, or the pattern matches somewhere. */
  repliesWith,
};
