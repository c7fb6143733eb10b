import * as z from 'zod/mini';
import { rule } from '../declaration/rule.ts';

/** Who can read the secrets of an environment: public keys of age, as in `age1…`, by whose they are. */
export type Recipients = Readonly<Record<string, string>>;

const publicKey = /^age1[02-9ac-hj-np-z]{58}$/;

const whose = rule<string>(
  {
    is: 'somebody',
    why: 'a key alone would not tell whose it is, on the day that one of them leaves',
    fix: "write it as in 'ada@shop.example', as the team has it, or 'ci'",
  },
  value => typeof value === 'string' && /^[^\s\p{Cc}](?:[^\p{Cc}]*[^\s\p{Cc}])?$/u.test(value),
);

const key = rule<string>(
  {
    is: 'a public key of age',
    why: 'the secrets are encrypted to it; a private one, AGE-SECRET-KEY-…, stays with its owner',
    fix: 'write what `holdfast secret identity` prints where its owner works: age1…',
  },
  value => typeof value === 'string' && publicKey.test(value),
);

/** At least one, each key once. */
export const recipientsSchema = z.record(whose, key).check(
  z.refine(given => Object.keys(given).length > 0, {
    params: { is: 'an object with a recipient in it', why: 'what is encrypted to nobody, nobody can read' },
  }),
  z.refine(given => new Set(Object.values(given)).size === Object.keys(given).length, {
    params: { is: 'an object that has each key once', why: 'a key that two have is a key that somebody gave away' },
  }),
);
