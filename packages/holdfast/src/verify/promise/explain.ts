import { type Address, kindOf, nameIn } from '../../model/address.ts';
import { byAddress, resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { Reason, Remedy, Status } from './reason.ts';
import type { PromiseStatus } from './status.ts';
import { spellWaiver, waiversOf } from './waivers.ts';
import { spellBecause, spellEvidence, spellPart } from './words.ts';

/** One line of an explanation. */
export interface Line {
  /** 0 for the promise, 1 for a part of it, 2 for why that is so. */
  readonly depth: 0 | 1 | 2;
  /** Of what the line begins to tell. */
  readonly status?: Status;
  readonly text: string;
}

/**
 * The chain behind a status, for people: which fact, of when, on which digest, measured what, and what would make it
 * fresh again. The parts that make the promise what it is come first.
 */
export function explainOf(status: PromiseStatus, model: SystemModel): readonly Line[] {
  const deciding = status.reasons.filter(reason => reason.status === status.status);
  const others = status.reasons.filter(reason => reason.status !== status.status);
  return [
    { depth: 0, status: status.status, text: status.sentence },
    ...termsOf(status.promise, model).map((text): Line => ({ depth: 1, text })),
    ...[...deciding, ...others].flatMap(reason => linesOf(reason, model)),
  ];
}

/** Who keeps it, on what condition, and what somebody answers for meanwhile. */
function termsOf(of: Address, model: SystemModel): readonly string[] {
  const promise = resourcesOf(model, 'promise').find(({ name }) => name === nameIn(of));
  if (!promise) return [];
  const { by, given, objective, risk } = promise.spec;
  return [
    `promised by ${nameIn(by)}${objective ? `: ${objective.text}` : ''}`,
    ...given.filter(one => kindOf(one) === 'upstream').map(one => `as long as ${termOf(one, model)}`),
    ...(risk ? [`a risk that ${risk.acceptedBy} accepts until ${risk.until}: ${risk.because}`] : []),
    ...waiversOf(of, model).map(spellWaiver),
  ];
}

function termOf(upstream: Address, model: SystemModel): string {
  const { sla } = resourcesOf(model, 'upstream').find(({ name }) => name === nameIn(upstream))?.spec ?? {};
  return `${nameIn(upstream)} answers, which is promised ${sla ? `for ${sla} of the time` : 'by nobody'}`;
}

const linesOf = (reason: Reason, model: SystemModel): readonly Line[] => [
  { depth: 1, status: reason.status, text: spellPart(reason.part, byAddress(model)) },
  ...[
    ...spellBecause(reason.because),
    ...(reason.evidence ? [spellEvidence(reason.evidence)] : []),
    ...(reason.until ? [`good until ${reason.until}`] : []),
    ...(reason.fresh ? [`fresh again by ${spellRemedy(reason)}`] : []),
  ].map((text): Line => ({ depth: 2, text })),
];

/** What is broken takes more than to look again. */
function spellRemedy({ fresh, status }: Reason): string {
  const command = fresh ? commandOf(fresh) : '';
  return status === 'broken' ? `mending it, and then ${command}` : command;
}

function commandOf({ verb, of }: Remedy): string {
  return `${verb === 'promise explain' ? 'what that one needs: ' : ''}holdfast ${verb} ${nameIn(of)}`;
}
