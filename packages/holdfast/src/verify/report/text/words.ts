import { plural } from '../../../kit/layout.ts';
import {
  type Missed,
  type Outcome,
  type Placed,
  resultsIn,
  type Status,
  type Tier,
  totalsOf,
  type Waiver,
} from '../../outcome.ts';
import { spellPlace } from './place.ts';
import { printable } from './printable.ts';

/** One sign a status. */
export const signs: Readonly<Record<Status, string>> = {
  passed: '✓',
  failed: '✗',
  unknown: '?',
  waived: '~',
  skipped: '−',
};

/** `14 sentences: 11 hold, 1 does not, 1 is waived`. */
export function totalsInWords(outcome: Outcome): string {
  const totals = totalsOf(resultsIn(outcome));
  const all = resultsIn(outcome).length;
  if (all === 0) return 'nothing was looked at';
  const parts = [
    count(totals.passed, 'holds', 'hold'),
    count(totals.failed, 'does not', 'do not'),
    count(totals.unknown, 'is unknown', 'are unknown'),
    count(totals.waived, 'is waived', 'are waived'),
    count(totals.skipped, 'was skipped', 'were skipped'),
  ];
  return `${plural(all, 'sentence')}: ${parts.filter(Boolean).join(', ')}`;
}

const count = (of: number, one: string, more: string): string => (of === 0 ? '' : `${of} ${of === 1 ? one : more}`);

const by: Readonly<Record<Tier, string>> = {
  layers: 'in the layers of images',
  proc: 'through /proc',
  session: 'in a session inside',
  outside: 'from outside',
  api: 'by the API of the engine',
};

/** `8 looked at through /proc, 2 from outside`. */
export function tiersInWords(outcome: Outcome): string {
  const looked = resultsIn(outcome).filter(({ status }) => status !== 'skipped');
  const counts = [...Map.groupBy(looked, ({ tier }) => tier)].map(([tier, of]) => [of.length, by[tier]] as const);
  return counts.map(([of, words], at) => `${of} ${at === 0 ? 'looked at ' : ''}${words}`).join(', ');
}

/** `waived by ada until 2026-12-31: the vendor mends it`. */
export const waiverInWords = ({ owner, because, until, expired }: Waiver): string =>
  printable(
    expired
      ? `the waiver of ${owner} ran out at the end of ${until}: ${because}`
      : `waived by ${owner} until ${until}: ${because}`,
  );

/** A sentence that was seen to be able to fail is a proof; this one was not. */
export const unprovenInWords = ({
  doubt = 'no sabotage of a copy made it fail',
}: {
  readonly doubt?: string;
}): string => printable(`never seen red: ${doubt}`);

/** What there is to say of one that does not hold, each under its word. */
export function detailsOf({ check, result }: Placed<Missed>, root: string): readonly (readonly [string, string])[] {
  const { status, expected, found, why, waiver } = result;
  return [
    ['expected', expected],
    [status === 'unknown' ? 'unknown' : 'found', found],
    ['at', spellPlace(check.at, root)],
    ...(why === undefined ? [] : [['why', why] as const]),
    ...(waiver ? [['waiver', waiverInWords(waiver)] as const] : []),
  ];
}

/** The same as lines of text, and after them what there is to look at. */
export const detailLines = (placed: Placed<Missed>, root: string): readonly string[] => [
  ...detailsOf(placed, root).map(([word, text]) => `${word}: ${text}`),
  ...(placed.result.evidence ?? []),
];
