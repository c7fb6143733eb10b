import type { Address } from '../../../model/address.ts';
import { spellValue } from '../../../model/assertion/subject.ts';
import { neverFires, standardAlerts } from '../../../model/promise/alert.ts';
import { isSigned } from '../../../model/promise/risk.ts';
import { addressOf, isKnown, type Known } from '../../../model/resource.ts';
import type { MeasureSpec } from '../../../model/spec/promise-spec.ts';
import { isRef, type Value } from '../../../model/value.ts';
import { waiversOf } from '../../promise/waivers.ts';
import { apart, type Line, lengthOf } from '../page/inline.ts';
import { type Block, type Page, paragraph, section, type Term } from '../page/page.ts';
import { type Around, link, links } from './around.ts';
import { boundSection } from './bound.ts';
import { checkTable, waiverLine } from './checks.ts';
import { faultLine, lossWords } from './fault.ts';
import { promiseMap } from './maps.ts';
import { commandsFor } from './operate.ts';
import { becauseOf, evidenceOf, partOf, remedyOf, whySentence } from './reason.ts';

/** The page of a promise: what others may rely on, and by what they can tell. */
export function promisePage(promise: Known<'promise'>, around: Around): Page {
  const of = addressOf(promise);
  const { spec } = promise;
  const checks = spec.checks.flatMap(check => around.all.get(check) ?? []).filter(isKnown('check'));
  const status = around.statuses.get(of);
  return {
    of,
    kind: 'promise',
    title: spec.sentence,
    lead: [
      ...(status ? [paragraph({ state: status.status }, ' ', ...whySentence(status, around))] : []),
      { terms: termsOf(promise, around) },
    ],
    sections: [
      ...section('What shows it', reasonTable(of, around)),
      ...section('Its checks', checkTable(checks, around)),
      ...boundSection(promise, around),
      ...section('What it rests on', { map: promiseMap(promise, around) }, { terms: restTerms(promise, around) }),
      ...section('When it is to call somebody', ...alertBlocks(promise)),
      ...section('How to operate it', commandsFor(of, around)),
    ],
  };
}

function termsOf(promise: Known<'promise'>, around: Around): readonly Term[] {
  const { spec } = promise;
  const { by, objective, measured, survives, recovers, rehearsed } = spec;
  return [
    ['Kept by', [link(by, around), ...peopleOf(by, around)]],
    ...(objective ? [['Objective', [objective.text]] as const] : []),
    ...(measured ? [['Measured', measuredLine(measured, around)] as const] : []),
    ...(survives.length > 0
      ? [
          [
            'Survives',
            apart(
              survives.map(fault => faultLine(fault, around)),
              '; ',
            ),
          ] as const,
        ]
      : []),
    ...(recovers ? [['Recovers from nothing', [recoveryWords(recovers)]] as const] : []),
    ...(rehearsed ? [['Shown again', [rehearsed]] as const] : []),
    ...riskTerm(spec, around),
    ...waivedTerm(promise, around),
  ];
}

function peopleOf(by: Address, { all }: Around): Line {
  const team = all.get(by);
  if (!team || !isKnown('team')(team)) return [];
  const { people, onCall } = team.spec;
  const mails = people.map((mail): Line => [{ out: mail, text: mail }]);
  return [': ', ...apart(mails, ', '), ...(onCall === undefined ? [] : [`; on call ${onCall}`])];
}

function measuredLine(measured: MeasureSpec, around: Around): Line {
  if (measured.type === 'check') return ['by check ', link(measured.check, around), ...askedWhen(measured)];
  const { url, status, within } = measured;
  return [
    'from outside: ',
    ...askedAt(url, around),
    ` answers ${status.join(' or ')} within ${lengthOf(within)}`,
    ...askedWhen(measured),
  ];
}

/** What is meant, and what is so. */
const askedWhen = ({ every }: MeasureSpec): Line => [
  `; meant to be asked every ${lengthOf(every)}, and asked once by each `,
  { code: 'holdfast check' },
  ' so far',
];

/** An edge's URL is only known once it is up: it is told by the edge. */
const askedAt = (url: Value, around: Around): Line =>
  isRef(url)
    ? [{ code: `GET ${url.$ref.rest ?? '/'}` }, ' at ', link(url.$ref.of, around)]
    : [{ code: `GET ${spellValue(url)}` }];

const recoveryWords = ({ within, losing }: { readonly within: number; readonly losing?: number }): string =>
  `within ${lengthOf(within)}${losing === undefined ? '' : `, ${lossWords(losing)}`}`;

function riskTerm({ risk }: Known<'promise'>['spec'], { now }: Around): readonly Term[] {
  if (!risk) return [];
  const { acceptedBy, because, until } = risk;
  const over = now > 0 && !isSigned(risk, now) ? ', which is over' : '';
  return [['Risk signed', [{ out: acceptedBy, text: acceptedBy }, ` until ${until}${over}: ${because}`]]];
}

/** What somebody answers for stands beside the promise, wherever below it it is. */
function waivedTerm(promise: Known<'promise'>, around: Around): readonly Term[] {
  const lines = waiversOf(addressOf(promise), around.model).map(one => waiverLine(one, around));
  return lines.length > 0 ? [['Waived', apart(lines, '; ')]] : [];
}

const reasonTable = (of: Address, around: Around): Block => ({
  table: {
    head: ['Part', 'State', 'Why', 'Evidence', 'Fresh'],
    rows: (around.statuses.get(of)?.reasons ?? []).map(reason => [
      partOf(reason, around),
      [{ state: reason.status }],
      [becauseOf(reason, around)],
      evidenceOf(reason.evidence),
      remedyOf(reason, around),
    ]),
  },
});

function restTerms(promise: Known<'promise'>, around: Around): readonly Term[] {
  const { needs, spec } = promise;
  const named = [...new Set(needs)].filter(need => need !== spec.by && !spec.checks.includes(need));
  const others = around.neededBy.get(addressOf(promise)) ?? [];
  return [
    ...(named.length > 0 ? [['It names', links(named, around)] as const] : []),
    ...(others.length > 0 ? [['Given to', links(others, around)] as const] : []),
  ];
}

/** Holdfast itself calls nobody. */
function alertBlocks(promise: Known<'promise'>): readonly Block[] {
  const rows = alertRows(promise);
  if (rows.length === 0) return [];
  const note = paragraph(
    'Only a Prometheus calls somebody, once it has the rules that ',
    { code: 'holdfast promise export --as prometheus' },
    ' writes, and the counters that they read.',
  );
  return [note, { table: { head: ['The error budget burns', 'Over', 'And over', 'Calls'], rows } }];
}

/** One that can never call anyone is none. */
function alertRows({ spec: { objective, alerts, measured } }: Known<'promise'>): readonly (readonly Line[])[] {
  const declared = objective ? (alerts ?? standardAlerts(objective.over)) : [];
  return declared
    .filter(alert => objective && measured && !neverFires(alert, objective, measured.every))
    .map(({ burn, over, and, calls }) => [
      [`${burn}× as fast as it may`],
      [lengthOf(over)],
      [lengthOf(and)],
      [calls === 'page' ? 'the one on call, at once' : 'with a ticket'],
    ]);
}
