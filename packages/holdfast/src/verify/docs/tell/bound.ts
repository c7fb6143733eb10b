import { type Address, kindOf, nameIn } from '../../../model/address.ts';
import type { Known } from '../../../model/resource.ts';
import { addressOf } from '../../../model/resource.ts';
import type { Reckoned } from '../knowledge.ts';
import { apart, type Inline, type Line } from '../page/inline.ts';
import { paragraph, type Section, section, type Term } from '../page/page.ts';
import { type Around, link, links } from './around.ts';

/** What may be promised at best, and by what that follows. */
export function boundSection(promise: Known<'promise'>, around: Around): readonly Section[] {
  const bound = around.bounds.get(addressOf(promise));
  if (!bound) return [];
  const title = 'What may be promised at best';
  if ('refused' in bound) return section(title, paragraph(`It can’t be told: ${bound.refused}.`));
  return section(title, paragraph(...verdict(promise, bound)), { terms: termsOf(bound, around) });
}

/** A bound that follows from no figure at all says nothing. */
export const isKnownBound = ({ caps, lifts, ceiling }: Reckoned): boolean =>
  caps.length + lifts.length > 0 || ceiling !== undefined;

function verdict({ spec: { objective, risk } }: Known<'promise'>, bound: Reckoned): Line {
  const { atMost, excess } = bound;
  if (!isKnownBound(bound)) return ['Nothing that it rests on has a figure, so it is not known what caps it.'];
  const most: Line = ['What it rests on allows ', { strong: atMost }, ' at most'];
  if (!objective) return [...most, '; no share is promised.'];
  if (excess === undefined) return [...most, `; ${objective.target} is promised, which can be kept.`];
  const signed = risk ? `, a risk that ${risk.acceptedBy} signed for` : '';
  return [...most, `; ${objective.target} is promised, which is ${excess} percentage points too much${signed}.`];
}

function termsOf(bound: Reckoned, around: Around): readonly Term[] {
  const [lift] = bound.lifts;
  const terms: readonly (Term | undefined)[] = [
    ...(bound.commonCauses.length > 0 ? correlationTerms(bound, around) : []),
    ...(bound.ceiling ? ceilingTerms(bound.ceiling, around) : []),
    bound.caps.length > 0 ? [bound.ceiling ? 'Besides by' : 'Capped by', capsLine(bound, around)] : undefined,
    lift && ['Lifted most by', liftLine(lift, around)],
    bound.assumed.length > 0 ? ['Assumed', assumedLine(bound.assumed, around)] : undefined,
  ];
  return terms.filter(term => term !== undefined);
}

function correlationTerms({ atMost, independent, commonCauses }: Reckoned, around: Around): readonly Term[] {
  const shares = commonCauses.map(
    ({ of, beta }): Line => [
      `${beta} of what takes one instance of `,
      link(`service/${nameIn(of)}`, around),
      ' takes all of them',
    ],
  );
  return [
    ['With common causes', [`${atMost}: `, ...apart(shares, ', '), ', since they share an image and a release']],
    ['Without', [independent === atMost ? 'the same' : `${independent}, if replicas never failed for one cause`]],
  ];
}

/** No element makes up for what is promised too low. */
function ceilingTerms({ of, objective, lifted }: NonNullable<Reckoned['ceiling']>, around: Around): readonly Term[] {
  const all = links(of, around);
  return [
    ['Capped by', [...all, `, which it is given: ${objective} is promised there, and no more can be counted on`]],
    ['Lifted most by', ['promising more there: ', `${lifted} if it were enough`]],
  ];
}

const capsLine = ({ caps }: Reckoned, around: Around): Line =>
  apart(
    caps.map(({ of, there }) => [...element(of, around), `, which is there ${there} of the time`]),
    '; ',
  );

const liftLine = ({ of, perfect, doubled }: Reckoned['lifts'][number], around: Around): Line => [
  ...element(of, around),
  `: ${perfect} if it never failed`,
  ...(doubled === undefined ? [] : [`, ${doubled} with one more like it`]),
];

/** Instances of one service are told together. */
function assumedLine(assumed: readonly Address[], around: Around): Line {
  const parts = [...Map.groupBy(assumed, groupOf)].map(([group, all]) => groupWords(group, all, around));
  return ['that these never fail, since nobody gave a figure: ', ...apart(parts, ', ')];
}

const groupOf = (of: Address): Address =>
  kindOf(of) === 'instance' ? `instances/${nameIn(of).replace(/\.\d+$/, '')}` : of;

const groupWords = (group: Address, all: readonly Address[], around: Around): Line =>
  kindOf(group) === 'instances'
    ? [
        all.length === 1 ? 'the instance of ' : `the ${all.length} instances of `,
        link(`service/${nameIn(group)}`, around),
      ]
    : element(group, around);

/** An element of the bound in words. */
function element(of: Address, around: Around): Line {
  const [kind, name] = [kindOf(of), nameIn(of)];
  if (kind === 'host') return [name === 'default' ? 'the host' : `host ${name}`];
  if (kind === 'instance') return ['instance ', named(`service/${name.replace(/\.\d+$/, '')}`, name, around)];
  if (kind === 'common-cause') return ['a cause that all instances of ', link(`service/${name}`, around), ' share'];
  return [`${kind} `, link(of, around)];
}

const named = (of: Address, text: string, { all }: Around): Inline => (all.has(of) ? { to: of, text } : text);
