/** An exact share of one: `units / 10^places`. No float is ever part of it. */
export interface Share {
  readonly units: bigint;
  readonly places: number;
}

const percentage = /^(\d{1,3})(?:\.(\d+))?%$/;
const decimal = /^([01])(?:\.(\d+))?$/;

/** `'99.95%'` → 0.9995, exactly. Throws a RangeError for what is no percentage from 0% to 100%. */
export function parsePercentage(text: string): Share {
  const share = read(percentage, text, 2);
  if (!share) throw new RangeError(`'${text}' is not a percentage from '0%' to '100%', as in '99.95%'`);
  return share;
}

/** `'0.9995'`, exactly. Throws a RangeError for what is no decimal from 0 to 1. */
export function parseDecimal(text: string): Share {
  const share = read(decimal, text, 0);
  if (!share) throw new RangeError(`'${text}' is not a decimal from '0' to '1', as in '0.9995'`);
  return share;
}

function read(form: RegExp, text: string, shift: number): Share | undefined {
  const [, whole, fraction = ''] = form.exec(text) ?? [];
  const share = { units: BigInt(`${whole ?? 0}${fraction}`), places: fraction.length + shift };
  return whole === undefined || share.units > one(share.places) ? undefined : shortened(share);
}

export const isPercentage = (text: string): boolean => {
  try {
    return parsePercentage(text) !== undefined;
  } catch {
    return false;
  }
};

export const whole: Share = { units: 1n, places: 0 };
export const none: Share = { units: 0n, places: 0 };

/** What is left when all are needed. */
export const product = (shares: readonly Share[]): Share =>
  shares.reduce((a, b) => shortened({ units: a.units * b.units, places: a.places + b.places }), whole);

export const sum = (a: Share, b: Share): Share => combined(a, b, (left, right) => left + right);

/** What a is more than b. */
export const difference = (a: Share, b: Share): Share => combined(a, b, (left, right) => left - right);

/** What is missing to the whole. */
export const complement = (share: Share): Share => difference(whole, share);

/** So much of so much, rounded down: the one way out of the exact decimals. */
export function quotient(part: bigint, of: bigint, places = 30): Share {
  if (part < 0n || of <= 0n || part > of) throw new RangeError(`${part} of ${of} is no share`);
  return shortened({ units: (part * one(places)) / of, places });
}

/** Below 0 when a is less than b, above when it is more. */
export const compareShares = (a: Share, b: Share): number => {
  const { units } = difference(a, b);
  return units < 0n ? -1 : units > 0n ? 1 : 0;
};

/**
 * `99.8001%`. With `digits`, no more than so many after the point, rounded down: a bound is never told higher than it
 * is.
 */
export const spellPercentage = (share: Share, digits?: number): string => `${pointed(share, 2, digits)}%`;

/** `0.998001`: what {@link spellPercentage} says, as the decimal that other tools take. */
export const spellDecimal = (share: Share, digits?: number): string => pointed(share, 0, digits);

/** With no more than `places` after the point of the decimal. */
export const roundedDown = (share: Share, places: number): Share =>
  share.places <= places ? share : shortened({ units: share.units / one(share.places - places), places });

/** The point stands `shift` digits further right than in the decimal. */
function pointed(share: Share, shift: number, digits?: number): string {
  const { units, places } = digits === undefined ? share : roundedDown(share, digits + shift);
  const all = Math.max(places, shift);
  const text = scaled({ units, places }, all)
    .toString()
    .padStart(all + 1, '0');
  const point = text.length - all + shift;
  const fraction = text.slice(point).replace(/0+$/, '');
  return `${text.slice(0, point).replace(/^0+(?=\d)/, '')}${fraction && `.${fraction}`}`;
}

const one = (places: number): bigint => 10n ** BigInt(places);

const scaled = ({ units, places }: Share, to: number): bigint => units * one(to - places);

function combined(a: Share, b: Share, how: (left: bigint, right: bigint) => bigint): Share {
  const places = Math.max(a.places, b.places);
  return shortened({ units: how(scaled(a, places), scaled(b, places)), places });
}

function shortened({ units, places }: Share): Share {
  let [left, after] = [units, places];
  while (after > 0 && left % 10n === 0n) {
    left /= 10n;
    after -= 1;
  }
  return { units: left, places: after };
}
