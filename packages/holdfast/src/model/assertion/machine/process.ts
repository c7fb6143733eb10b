import { type Size, spellSize, toBytes } from '../../../kit/size.ts';
import type { OneProcess, ProcessFacts } from '../facts/machine.ts';
import type { Matcher } from '../matcher.ts';
import { listed } from '../words/found.ts';
import { count, name, size, textOrPattern } from '../words/given.ts';
import { isIn, spellWanted, type TextPattern } from '../words/pattern.ts';

const runs: Matcher<ProcessFacts> = {
  says: () => 'runs',
  holds: () => true,
  found: ({ processes }) => (processes.length === 1 ? 'one process' : `${processes.length} processes`),
  isOfPresence: true,
};

const runsAs: Matcher<ProcessFacts, [user: string]> = {
  says: user => `runs as ${user}`,
  takes: [name],
  holds: ({ processes }, wanted) => processes.every(({ user, uid }) => wanted === user || wanted === String(uid)),
  found: ({ processes }) => listed([...new Set(processes.map(ownerOf))], 'nobody'),
};

const ownerOf = ({ user, uid }: OneProcess): string => `user ${user ?? uid}`;

const runsTimes: Matcher<ProcessFacts, [times: number]> = {
  says: times => `runs ${times === 1 ? 'once' : `${times} times`}`,
  takes: [count],
  holds: ({ processes }, times) => processes.length === times,
  found: ({ processes }) =>
    `pids ${listed(
      processes.map(({ pid }) => String(pid)),
      'none',
    )}`,
};

const isStartedWith: Matcher<ProcessFacts, [text: TextPattern]> = {
  says: text => `is started with ${spellWanted(text)}`,
  takes: [textOrPattern],
  holds: ({ processes }, text) => processes.every(({ command }) => isIn(text, command.join(' '))),
  found: ({ processes }) => listed([...new Set(processes.map(({ command }) => command.join(' ')))], 'nothing'),
};

const usesLessMemoryThan: Matcher<ProcessFacts, [memory: Size]> = {
  says: memory => `uses less memory than ${memory}`,
  takes: [size],
  holds: ({ processes }, memory) => total(processes) < toBytes(memory),
  found: ({ processes }) => spellSize(total(processes)),
};

const total = (processes: readonly OneProcess[]): number => processes.reduce((sum, { resident }) => sum + resident, 0);

/** What can be said of the processes of a program. */
export const processMatchers = {
  /** At least one is there. */
  runs,
  /** All of them, as this user: its name, or its uid. */
  runsAs,
  /** Exactly so many are there. */
  runsTimes,
  /** The text is in the command line of each. */
  isStartedWith,
  /** What is resident of all of them together, as in `'256MB'`. */
  usesLessMemoryThan,
};
