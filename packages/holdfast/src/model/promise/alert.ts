import { type Duration, toDuration, toMilliseconds } from '../../kit/duration.ts';
import {
  compareShares,
  complement,
  parsePercentage,
  product,
  type Share,
  spellDecimal,
  whole,
} from '../../kit/percentage.ts';
import type { ProblemParts } from '../../kit/problem.ts';
import { members, rule } from '../declaration/rule.ts';
import { duration } from '../rules.ts';
import type { AlertSpec, ObjectiveSpec } from '../spec/promise-spec.ts';

/** Calls someone while the error budget burns too fast, over a long window and over a short one. */
export interface AlertOptions {
  /** How many times as fast as the objective allows, an exact decimal: `'14.4'`. */
  readonly burn: string;
  /** The long window, which keeps a short blip from calling. */
  readonly over: Duration;
  /** The short window, which ends the call soon after the trouble ends. */
  readonly and: Duration;
  /** `'page'` wakes the one on call; `'ticket'` waits for the morning. */
  readonly calls: AlertSpec['calls'];
}

const burnForm = /^(\d{1,6})(?:\.(\d{1,9}))?$/;

const burn = rule<string>(
  {
    is: 'a decimal above 0',
    why: 'it says how many times as fast as the objective allows, and is kept exactly, never as a float',
    fix: "write it as a text, as in '14.4'",
  },
  value => typeof value === 'string' && burnForm.test(value) && factorOf(value).units > 0n,
);

const calls = rule<AlertSpec['calls']>(
  { is: "'page' or 'ticket'", why: 'a page wakes the one on call, and a ticket waits for the morning' },
  value => value === 'page' || value === 'ticket',
);

export const alertShape = members({ burn, over: duration, and: duration, calls });

export const alertOf = ({ burn, over, and, calls }: AlertOptions): AlertSpec => ({
  burn,
  over: toMilliseconds(over),
  and: toMilliseconds(and),
  calls,
});

/**
 * The three of the Site Reliability Workbook, chapter 5, scaled to the window of the objective. Burning `f` times as
 * fast as allowed for a time `w` spends `f·w/window` of the budget; so what calls after a share `s` of the budget is
 * spent looks at `w = s·window/f`. Of 30 days that is 2% at 14.4 in 1h, 5% at 6 in 6h, and 10% at 1 in 3d. The short
 * window is a twelfth of the long one.
 */
export const standardAlerts = (window: number): readonly AlertSpec[] => [
  scaled('14.4', window / 720, 'page'),
  scaled('6', window / 120, 'page'),
  scaled('1', window / 10, 'ticket'),
];

const scaled = (burn: string, over: number, calls: AlertSpec['calls']): AlertSpec => ({
  burn,
  over: Math.round(over),
  and: Math.round(over / 12),
  calls,
});

/** The error rate above which it calls, exactly: 14.4 of 99.9% is 0.0144. */
export const thresholdOf = ({ burn }: AlertSpec, { target }: ObjectiveSpec): Share =>
  product([factorOf(burn), complement(parsePercentage(target))]);

/** Why it can never call anyone; undefined where it can. `every`: milliseconds between two measurements. */
export function neverFires(
  alert: AlertSpec,
  objective: ObjectiveSpec,
  every: number,
): Pick<ProblemParts, 'why' | 'fix'> | undefined {
  if (compareShares(thresholdOf(alert, objective), whole) >= 0) return aboveAllErrors(alert, objective);
  if (alert.over > objective.over) return longerThanAll(alert, objective);
  if (alert.and >= alert.over) return noShortWindow(alert);
  return alert.and < 2 * every ? tooFewMeasured(alert, every) : undefined;
}

/** `burn 14.4 over 1h and 5m`. */
export const spellAlert = ({ burn, over, and }: AlertSpec): string =>
  `burn ${burn} over ${toDuration(over)} and ${toDuration(and)}`;

function factorOf(text: string): Share {
  const [, units = '0', fraction = ''] = burnForm.exec(text) ?? [];
  return { units: BigInt(`${units}${fraction}`), places: fraction.length };
}

const aboveAllErrors = (alert: AlertSpec, objective: ObjectiveSpec) => ({
  why: `it calls above an error rate of ${spellDecimal(thresholdOf(alert, objective))}, and when nothing at all answers the rate is 1`,
  fix: `choose a burn below ${highestBurn(objective)}, which is what an outage burns of ${objective.target}`,
});

/** What an outage burns: as many times as the budget goes into the whole, rounded down. */
function highestBurn({ target }: ObjectiveSpec): string {
  const { units, places } = complement(parsePercentage(target));
  const of = 10n ** BigInt(places);
  return spellDecimal({ units: (of * 100n) / units, places: 2 });
}

const longerThanAll = ({ over }: AlertSpec, objective: ObjectiveSpec) => ({
  why: `its window of ${toDuration(over)} is longer than the ${toDuration(objective.over)} of the objective: the budget that it watches is not even kept so long`,
  fix: `give it a window within ${toDuration(objective.over)}, or the objective a longer one`,
});

const noShortWindow = ({ over, and }: AlertSpec) => ({
  why: `its short window of ${toDuration(and)} is not shorter than its long one of ${toDuration(over)}: it would add nothing`,
  fix: `give the short one a twelfth of the long one: and: '${toDuration(Math.round(over / 12))}'`,
});

const tooFewMeasured = ({ and }: AlertSpec, every: number) => ({
  why: `a rate takes two measurements, and its short window of ${toDuration(and)} holds fewer: one is made every ${toDuration(every)}`,
  fix: `measure at least every ${toDuration(Math.floor(and / 2) || 1)}, or declare alerts with longer windows`,
});
