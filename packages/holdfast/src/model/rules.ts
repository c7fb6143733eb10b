import { parseCidr } from '../kit/cidr.ts';
import { type Duration, isDuration, toMilliseconds } from '../kit/duration.ts';
import { isEvery } from '../kit/every.ts';
import { isSize, type Size, toBytes } from '../kit/size.ts';
import { rule } from './declaration/rule.ts';
import { isValueInput, type ValueInput } from './ref.ts';

/** Schemas of the values that several nouns take. */

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '' && !value.includes('\0');

export const someText = rule<string>({ is: 'a text that is not empty' }, isText);

export const flag = rule<boolean>({ is: 'true or false' }, value => typeof value === 'boolean');

/** An exact decimal, as in `'99.95%'`. */
export const percentage = rule<string>(
  {
    is: 'a percentage from 0% to 100%',
    why: 'it is kept as an exact decimal, never as a float',
    fix: "write it as in '99.95%'",
  },
  value => typeof value === 'string' && /^(100(\.0+)?|\d{1,2}(\.\d+)?)%$/.test(value),
);

export const wholeNumber = (from: number, to: number, why: string) =>
  rule<number>(
    { is: `a whole number from ${from} to ${to}`, why },
    value => Number.isInteger(value) && Number(value) >= from && Number(value) <= to,
  );

export const duration = rule<Duration>(
  {
    is: 'a duration',
    why: 'a number alone would leave its unit open',
    fix: "write it as in '800ms', '15s', '10m', '6h' or '30d'",
  },
  value => typeof value === 'string' && isDuration(value) && toMilliseconds(value) > 0,
);

/** When something is done again and again. */
export const every = rule<string>(
  {
    is: 'a duration of 10s or more, or a pattern of cron',
    why: 'it says when, in UTC: each so long, counted from midnight, or at the times that a pattern of five parts has',
    fix: "write it as in '15m', '1d', '30 3 * * *' (minute, hour, day, month, weekday) or '@daily'",
  },
  value => typeof value === 'string' && isEvery(value),
);

/** What Docker refuses to start a container with less of. */
const leastMemory = 6 * 2 ** 20;

export const memory = rule<Size>(
  {
    is: 'an amount of memory of at least 6MiB',
    why: 'a number alone would leave its unit open, and no engine starts a container with less',
    fix: "write it as in '512MB' (512,000,000 bytes) or '512MiB' (536,870,912 bytes)",
  },
  value => typeof value === 'string' && isSize(value) && toBytes(value) >= leastMemory,
);

export const subnet = rule<string>(
  {
    is: 'an IPv4 subnet in CIDR form',
    why: 'a subnet is the first address of a block and the length of its prefix, 8 to 29 bits',
    fix: value => `write it as in '${(typeof value === 'string' && parseCidr(value)?.text) || '10.20.0.0/24'}'`,
  },
  value => typeof value === 'string' && isSubnet(value),
);

function isSubnet(text: string): boolean {
  const block = parseCidr(text);
  return block?.text === text && block.bits >= 8 && block.bits <= 29;
}

export const command = rule<readonly string[]>(
  {
    is: 'an array of texts, one for each argument',
    why: 'it is run as it stands, with no shell that would split or expand it, and before anything of this system is known',
    fix: value =>
      typeof value === 'string'
        ? commandFix(value)
        : "write it as in ['node', '/app/server.js']; what is known later goes into `env`",
  },
  value =>
    Array.isArray(value) && value.length > 0 && value.every(part => typeof part === 'string' && !part.includes('\0')),
);

const commandFix = (text: string): string =>
  `write [${text
    .trim()
    .split(/\s+/)
    .map(word => `'${word}'`)
    .join(', ')}], or ['sh', '-c', '…'] where it needs a shell`;

/** An absolute, normal path inside a container. */
export const isAbsolutePath = (value: unknown): value is string =>
  isText(value) &&
  value.startsWith('/') &&
  !/\/\/|\/\.\.?(\/|$)/.test(value) &&
  (value === '/' || !value.endsWith('/'));

export const absolutePath = rule<string>(
  {
    is: 'an absolute path',
    why: 'it names a place inside the container',
    fix: "write it as in '/app', with no '.', '..' or slash at the end",
  },
  isAbsolutePath,
);

/** A path beside `system.ts`. */
export const relativePath = rule<string>(
  {
    is: 'a path relative to the folder of system.ts',
    why: 'an absolute path would be another one on the next machine',
    fix: "write it as in './app/Dockerfile', with forward slashes",
  },
  value => isText(value) && !value.startsWith('/') && !value.includes('\\') && !value.startsWith('~'),
);

export const valueInput = rule<ValueInput>(
  {
    is: 'a text, number, boolean, Ref or secret',
    why: 'it becomes a text inside the container',
    fix: 'name what of it you mean, such as `db.host`; join several with text`…`; spell a structure out with JSON.stringify',
  },
  isValueInput,
);

const hostLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export const isHostName = (value: unknown): value is string =>
  isText(value) && value.length <= 253 && value.split('.').every(part => hostLabel.test(part));

export const portNumber = wholeNumber(1, 65_535, 'these are the port numbers that there are');

const isStatus = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 100 && Number(value) <= 599;

export const httpStatus = rule<number | readonly number[]>(
  { is: 'an HTTP status, or an array of them', fix: 'write it as in 200 or [200, 204]' },
  value => (Array.isArray(value) ? value.length > 0 && value.every(isStatus) : isStatus(value)),
);
