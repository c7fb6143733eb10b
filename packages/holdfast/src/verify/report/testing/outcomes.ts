import fc from 'fast-check';
import type { Outcome, Result, Waiver } from '../../outcome.ts';
import { tiers } from '../../outcome.ts';

/** What some format takes for its own, or has no way to say. */
const marks = [
  ...[
    '\0',
    '\x1b[31m',
    '\x7f',
    '\x85',
    '\u2028',
    '\u202e',
    '\ufeff',
    '\ufffe',
    '\ud800',
    '\udc00',
    '\n',
    '\r',
    '\r\n',
    '\t',
  ],
  ...[']]>', '<![CDATA[', '<!--', '&', '&#0;', '"', "'", '<', '>', '</testsuites>', '</pre>'],
  ...[
    '#',
    ' # SKIP x',
    ' # TODO',
    '\\',
    '\\#',
    '{',
    ' {',
    '}',
    '\nBail out!',
    '\n1..0',
    '\nnot ok 1',
    '    ok 1',
    '# Subtest: x',
  ],
  ...[
    '\n  ---\n',
    '\n  ...\n',
    '---',
    ': ',
    '!!js',
    '%',
    '%0A',
    '::',
    ',',
    '\n::error::x',
    '##[error]',
    '`',
    '```',
    '|',
    '**',
    '- ',
  ],
];

export const text: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...marks), fc.string({ unit: 'binary', maxLength: 4 }), fc.lorem({ maxCount: 2 })), {
    maxLength: 5,
  })
  .map(parts => parts.join(''));

const waiver: fc.Arbitrary<Waiver> = fc.record({
  owner: text,
  because: text,
  until: fc.constant('2026-12-31'),
  expired: fc.boolean(),
});

const time = fc.double({ min: 0, max: 1e7, noNaN: true });

const looked = {
  sentence: text,
  milliseconds: time,
  tier: fc.constantFrom(...tiers),
};

const maybe = {
  readyAfter: time,
  digest: fc.constant(`sha256:${'1'.repeat(64)}`),
  derived: fc.boolean(),
  proved: fc.constantFrom('red' as const, 'unproven' as const),
};

const ofMissed = { expected: text, found: text };
const aboutMissed = { why: text, evidence: fc.array(text, { maxLength: 3 }) };

/** Members that are left out are not there at all. */
const record = <R extends object, O extends object>(
  required: { [K in keyof R]: fc.Arbitrary<R[K]> },
  optional: { [K in keyof O]: fc.Arbitrary<O[K]> },
): fc.Arbitrary<R & Partial<O>> =>
  fc.record({ ...required, ...optional } as never, { requiredKeys: Object.keys(required) as never }) as never;

const result: fc.Arbitrary<Result> = fc.oneof(
  record({ ...looked, status: fc.constant('passed' as const) }, { ...maybe, waiver }),
  record(
    { ...looked, ...ofMissed, status: fc.constantFrom('failed' as const, 'unknown' as const) },
    { ...maybe, ...aboutMissed, waiver },
  ),
  record({ ...looked, ...ofMissed, status: fc.constant('waived' as const), waiver }, { ...maybe, ...aboutMissed }),
  record({ ...looked, why: text, status: fc.constant('skipped' as const) }, maybe),
);

const check = fc.record({
  name: text,
  at: fc.oneof(
    text,
    text.map(file => `/repo/${file}:3:14`),
  ),
  results: fc.array(result, { maxLength: 4 }),
});

const target = fc.record({
  address: fc.constantFrom('service/web' as const, 'image/web' as const),
  title: text,
  checks: fc.array(check, { maxLength: 3 }),
});

/** Runs whose texts are as bad as containers, people and strangers make them. */
export const outcomes: fc.Arbitrary<Outcome> = record(
  {
    system: text,
    environment: text,
    began: fc.constant('2026-11-23T21:58:03.120Z'),
    milliseconds: time,
    targets: fc.array(target, { maxLength: 3 }),
  },
  { release: text, interrupted: text },
);
