import type { StoredFact } from '../../journal/fact.ts';
import type { FactQuery, Journal, Verification } from '../../journal/journal.ts';
import { releases } from '../../journal/view.ts';
import { plural, wrapped } from '../../kit/layout.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { type Call, type CommonOptions, numberOf, printJson, type Verb, whereOf } from '../call.ts';
import { findPlace, openJournal, type Place } from '../ground/place.ts';
import { untilStopped } from '../ground/stopping.ts';
import { factLine } from '../show/fact.ts';

export interface JournalOptions extends CommonOptions {
  readonly follow?: boolean;
  readonly kind?: readonly string[];
  readonly release?: string;
  readonly limit?: string;
}

/** What happened. Needs no system.ts that is right: only its folder. */
export const journal: Verb<JournalOptions> = async call => {
  const place = await findPlace(whereOf(call));
  if (!(await place.state.journal.isThere())) return sayNone(call, place);
  await using book = await openJournal(place);
  const query = await queryOf(call, place.environment.name, book);
  const head = await book.head();
  for (const fact of await read(book, query)) print(call, fact);
  if (call.options.follow) await follow(call, book, query, head);
  return exitCode.kept;
};

function sayNone({ options, out }: Call, { environment }: Place): number {
  if (!options.json) out.print([`There is no journal of ${environment.name} yet: it begins with the first up.`]);
  return exitCode.kept;
}

async function queryOf({ options }: Call<JournalOptions>, environment: string, book: Journal): Promise<FactQuery> {
  const { kind, release, limit, follow } = options;
  const count = limit === undefined ? (follow ? 20 : undefined) : numberOf('--limit', limit);
  return {
    environment,
    ...(kind && { kinds: kind }),
    ...(release !== undefined && { release: await idOf(release, environment, book) }),
    ...(count !== undefined && { limit: count }),
  };
}

/** People know a release by its number, `r3`. */
async function idOf(release: string, environment: string, book: Journal): Promise<string> {
  const systems = new Set<string>();
  for await (const { system } of book.envelopes({ environment, kinds: ['release.begun'] })) systems.add(system);
  const all = await Promise.all([...systems].map(system => releases(book, system, environment)));
  return all.flat().find(({ number }) => `r${number}` === release || String(number) === release)?.release ?? release;
}

/** The newest so many, in the order of time. */
async function read(book: Journal, query: FactQuery): Promise<readonly StoredFact[]> {
  if (query.limit === undefined) return Array.fromAsync(book.read(query));
  return (await Array.fromAsync(book.read({ ...query, newestFirst: true }))).reverse();
}

async function follow(call: Call, book: Journal, query: FactQuery, after: number): Promise<void> {
  for await (const fact of book.follow(after, call.stopping.signal)) if (isMeant(fact, query)) print(call, fact);
}

const isMeant = (fact: StoredFact, { environment, kinds, release }: FactQuery): boolean =>
  fact.environment === environment &&
  (!kinds || kinds.includes(fact.kind)) &&
  (release === undefined || fact.release === release);

function print({ options, outside, out }: Call, fact: StoredFact): void {
  if (options.json) outside.stdout.write(`${JSON.stringify(fact)}\n`);
  else out.print([factLine(fact, out.palette, out.width)]);
}

/** Walks the whole chain, and says whether it is whole. */
export const verifyJournal: Verb = async call => {
  const place = await findPlace(whereOf(call));
  if (!(await place.state.journal.isThere())) throw nothingToVerify(place);
  await using book = await openJournal(place);
  const found = await untilStopped(book.verify(), call.stopping.signal);
  if (call.options.json) printJson(call, found);
  else call.out.print(verdict(found, call));
  return found.whole ? exitCode.kept : exitCode.failed;
};

const nothingToVerify = ({ environment, state }: Place): Problem =>
  new Problem({
    what: `there is no journal of ${environment.name} yet`,
    where: state.journal.shown,
    why: 'it begins with the first up',
    fix: 'if there was one, bring it back from a backup',
    exit: exitCode.failed,
  });

function verdict(found: Verification, { out: { palette: paint, width } }: Call): readonly string[] {
  if (!found.whole)
    return wrapped(
      `${paint.red('✗')} `,
      `the journal is broken at fact ${found.at} of ${found.facts}: ${found.reason}`,
      width,
    );
  const signers = found.signedBy.join(', ') || 'nobody yet';
  return [
    `${paint.green('✓')} the journal is whole: ${plural(found.facts, 'fact')}, signed by ${signers}`,
    paint.dim(`  head ${found.head}`),
  ];
}
