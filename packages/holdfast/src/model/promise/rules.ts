import type { CheckHandle } from '../check.ts';
import { type Handle, isHandleOf } from '../declaration/handle.ts';
import { rule } from '../declaration/rule.ts';
import { isOutsideProbe, type OutsideProbe } from '../outside-probe.ts';
import type { Rehearsal } from '../spec/promise-spec.ts';
import type { UpstreamHandle } from '../upstream.ts';
import { type Fault, isFault } from './fault.ts';

export const sentence = rule<string>(
  {
    is: 'a sentence',
    why: 'a promise is read by people who rely on it: one line of at most 300 characters',
    fix: "write it as in 'a shopper can check out'",
  },
  value => typeof value === 'string' && /^\S.{0,299}$/u.test(value),
);

export const given = rule<UpstreamHandle | Handle<'promise'>>(
  {
    is: 'an upstream or a promise',
    why: 'what a promise is given is what somebody else promises; what it rests on here is found by itself',
    fix: "declare the company: upstream('stripe', { sla: '99.9%' }), or give another promise",
  },
  value => isHandleOf('upstream')(value) || isHandleOf('promise')(value),
);

export const measured = rule<OutsideProbe | CheckHandle>(
  {
    is: 'a probe from outside, or a check',
    why: 'a promise is measured where those are who rely on it; the health of one instance says little of that',
    fix: "write it as in probe.https(door.url('/checkout')).answers(200).within('800ms')",
  },
  value => isOutsideProbe(value) || isHandleOf('check')(value),
);

export const fault = rule<Fault>(
  {
    is: 'a fault',
    why: 'what is survived is injected by a drill, so it has to be one that can be',
    fix: "write loss(web, 1), failover(db, { within: '30s' }) or outage(stripe)",
  },
  isFault,
);

const rehearsals: readonly Rehearsal[] = ['daily', 'weekly', 'monthly', 'quarterly', 'yearly'];

export const rehearsed = rule<Rehearsal>(
  {
    is: rehearsals.map(name => `'${name}'`).join(', '),
    why: 'it says how old the evidence may be, so it has to be a length of time',
    fix: "write it as in 'weekly'",
  },
  value => rehearsals.includes(value as Rehearsal),
);
