import { type Duration, isDuration, toMilliseconds } from '../../../kit/duration.ts';
import { isSize, type Size, toBytes } from '../../../kit/size.ts';
import { rule } from '../../declaration/rule.ts';
import { wholeNumber } from '../../rules.ts';
import { patternOf } from './pattern.ts';

/** What matchers can be given. What could not fail is none of it. */

const isSomeText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const canMiss = (value: unknown): boolean => {
  if (!(value instanceof RegExp)) return false;
  const { pattern, flags } = patternOf(value);
  return !new RegExp(pattern, flags).test('');
};

export const textOrPattern = rule<string | RegExp>(
  {
    is: 'a text that is not empty, or a pattern that the empty text does not match',
    why: 'what the empty text matches is in every text: the check could not fail',
    fix: "write what is to be there, as in 'v24' or /^v24\\.\\d+/",
  },
  value => isSomeText(value) || canMiss(value),
);

export const pattern = rule<RegExp>(
  {
    is: 'a pattern that the empty text does not match',
    why: 'what the empty text matches is in every text: the check could not fail',
    fix: 'write it as in /^v24\\.\\d+/',
  },
  canMiss,
);

/** What the whole is compared with: it may be empty. */
export const exactOrPattern = rule<string | RegExp>(
  {
    is: 'a text, or a pattern that the empty text does not match',
    why: 'what the empty text matches is in every text: the check could not fail',
    fix: "write it as in 'on' or /^15\\./",
  },
  value => typeof value === 'string' || canMiss(value),
);

export const name = rule<string>({ is: 'a name', why: 'a name is one word', fix: "write it as in 'app'" }, value =>
  isName(value),
);

const isName = (value: unknown): boolean => typeof value === 'string' && /^[^\s/\0][^\s\0]*$/.test(value);

export const names = rule<readonly string[]>(
  { is: 'an array of names that differ, with at least one in it', fix: "write it as in ['app']" },
  value => Array.isArray(value) && value.length > 0 && new Set(value).size === value.length && value.every(isName),
);

export const size = rule<Size>(
  {
    is: 'an amount of bytes above 0',
    why: 'a number alone would leave its unit open',
    fix: "write it as in '512MB' (512,000,000 bytes) or '512MiB' (536,870,912 bytes)",
  },
  value => typeof value === 'string' && isSize(value) && toBytes(value) > 0,
);

/** `'10%'`. */
export type Percent = `${number}%`;

export const isPercent = (value: unknown): value is Percent =>
  typeof value === 'string' && /^\d{1,2}(\.\d+)?%$/.test(value) && Number.parseFloat(value) > 0;

export const percent = rule<Percent>(
  { is: 'a share of the whole', why: 'none at all is always there', fix: "write it as in '10%'" },
  isPercent,
);

export const sizeOrPercent = rule<Size | Percent>(
  {
    is: 'an amount of bytes, or a share of the whole',
    why: 'a number alone would leave its unit open, and nothing at all is always there',
    fix: "write it as in '1GB' or '10%'",
  },
  value => isPercent(value) || (typeof value === 'string' && isSize(value) && toBytes(value) > 0),
);

/** Bytes of an amount, or of a share of `whole`. */
export const bytesOf = (amount: Size | Percent, whole: number): number =>
  isPercent(amount) ? (whole * Number.parseFloat(amount)) / 100 : toBytes(amount);

export const time = rule<Duration>(
  {
    is: 'a duration above 0',
    why: 'a number alone would leave its unit open',
    fix: "write it as in '200ms' or '2s'",
  },
  value => typeof value === 'string' && isDuration(value) && toMilliseconds(value) > 0,
);

export const count = wholeNumber(1, 1_000_000, 'none at all is said with .not, and less than none there never is');

export const id = wholeNumber(0, 4_294_967_294, 'these are the ids that there are');

export const finite = rule<number>({ is: 'a number' }, value => Number.isFinite(value));

export const digest = rule<string>(
  { is: 'a digest', why: 'it names an image by what it is made of', fix: "write it as in 'sha256:…', with 64 digits" },
  value => typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value),
);

export const headerName = rule<string>(
  { is: 'the name of a header', fix: "write it as in 'content-type'" },
  value => typeof value === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(value),
);
