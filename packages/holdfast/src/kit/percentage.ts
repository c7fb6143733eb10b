/** An exact share of one: `units / 10^places`. No float is ever part of it. */
export interface Share {
  readonly units: bigint;
  readonly places: number;
}

const form = /^(\d{1,3})(?:\.(\d+))?%$/;

/** `'99.95%'` → 0.9995, exactly. Throws a RangeError for what is no percentage from 0% to 100%. */
export function parsePercentage(text: string): Share {
  const [, whole, fraction = ''] = form.exec(text) ?? [];
  const share = { units: BigInt(`${whole ?? 0}${fraction}`), places: fraction.length + 2 };
  if (whole === undefined || share.units > one(share.places))
    throw new RangeError(`'${text}' is not a percentage from '0%' to '100%', as in '99.95%'`);
  return shortened(share);
}

export const isPercentage = (text: string): boolean => {
  try {
    return parsePercentage(text) !== undefined;
  } catch {
    return false;
  }
};

export const whole: Share = { units: 1n, places: 0 };

/** What is left when all are needed. */
export const product = (shares: readonly Share[]): Share =>
  shares.reduce((a, b) => shortened({ units: a.units * b.units, places: a.places + b.places }), whole);

/** Below 0 when a is less than b, above when it is more. */
export const compareShares = (a: Share, b: Share): number => {
  const places = Math.max(a.places, b.places);
  const [left, right] = [scaled(a, places), scaled(b, places)];
  return left < right ? -1 : left > right ? 1 : 0;
};

/**
 * `99.8001%`. With `digits`, no more than so many after the point, rounded down: a bound is never told higher than it
 * is.
 */
export function spellPercentage(share: Share, digits?: number): string {
  const { units, places } = digits === undefined ? share : lessPrecise(share, digits + 2);
  const text = scaled({ units, places }, Math.max(places, 2))
    .toString()
    .padStart(Math.max(places, 2) + 1, '0');
  const point = text.length - Math.max(places, 2) + 2;
  const fraction = text.slice(point).replace(/0+$/, '');
  return `${text.slice(0, point).replace(/^0+(?=\d)/, '')}${fraction && `.${fraction}`}%`;
}

const one = (places: number): bigint => 10n ** BigInt(places);

const scaled = ({ units, places }: Share, to: number): bigint => units * one(to - places);

const lessPrecise = (share: Share, places: number): Share =>
  share.places <= places ? share : { units: share.units / one(share.places - places), places };

function shortened({ units, places }: Share): Share {
  let [left, after] = [units, places];
  while (after > 0 && left % 10n === 0n) {
    left /= 10n;
    after -= 1;
  }
  return { units: left, places: after };
}
