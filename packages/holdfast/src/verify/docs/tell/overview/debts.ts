import { type Address, kindOf, nameIn } from '../../../../model/address.ts';
import { isSigned } from '../../../../model/promise/risk.ts';
import { addressOf } from '../../../../model/resource.ts';
import { apart, type Line } from '../../page/inline.ts';
import { type Around, allOf, link, statusOf } from '../around.ts';
import { waiversOf } from '../checks.ts';

/** Promises above what may be promised, and who signed for that. */
export const risksIn = (around: Around): readonly Line[] =>
  allOf(around, 'promise').flatMap(promise => {
    const { risk } = promise.spec;
    if (!risk) return [];
    const over = around.now > 0 && !isSigned(risk, around.now) ? ', which is over' : '';
    return [
      [
        link(addressOf(promise), around),
        ' is above what it rests on: ',
        { out: risk.acceptedBy, text: risk.acceptedBy },
        ` signed for that until ${risk.until}${over}: ${risk.because}`,
      ],
    ];
  });

export const waiversIn = (around: Around): readonly Line[] => waiversOf(allOf(around, 'check'), around);

/** What is promised and not shown, by how it stands. */
export const unprovenIn = (around: Around): readonly Line[] => {
  const open = allOf(around, 'promise')
    .map(addressOf)
    .filter(of => statusOf(of, around) !== 'kept');
  return [...Map.groupBy(open, of => statusOf(of, around))].map(
    ([state, all]): Line => [
      { state },
      ': ',
      ...apart(
        all.map(of => [link(of, around)]),
        '; ',
      ),
    ],
  );
};

/** What nobody gave a figure for counts as never failing: each bound may be too high by it. */
export function assumptionsIn(around: Around): readonly Line[] {
  const assumed = [...around.bounds.values()].flatMap(bound => ('refused' in bound ? [] : bound.assumed));
  const all = [...new Set(assumed.map(plainly))].sort();
  if (all.length === 0) return [];
  const told = all.map((of): Line => [`${kindOf(of)} `, around.all.has(of) ? link(of, around) : nameIn(of)]);
  return [
    [
      'No figure says how often these are there, so each counts as always (',
      { code: 'availability' },
      ' of a service, a team or an engine gives one, and ',
      { code: 'sla' },
      ' of an upstream): ',
      ...apart(told, ', '),
    ],
  ];
}

/** An instance is told by its service. */
const plainly = (of: Address): Address =>
  kindOf(of) === 'instance' ? `service/${nameIn(of).replace(/\.\d+$/, '')}` : of;
