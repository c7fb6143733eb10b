import { plural } from '../../../kit/layout.ts';
import type { Address } from '../../../model/address.ts';
import { addressOf, isKnown, type Known, type Resource } from '../../../model/resource.ts';
import type { Line } from '../page/inline.ts';
import { type Block, type Page, paragraph, section, type Term } from '../page/page.ts';
import { aboutOf } from './about.ts';
import { type Around, allOf, link, links, ownersOf, statusOf } from './around.ts';
import { checksOf, checkTable, derivedTable, waiversOf } from './checks.ts';
import { resourceMap } from './maps.ts';
import { commandsFor } from './operate.ts';
import { whyOf } from './reason.ts';

/** The page of anything but a promise: what it is, who answers for it, what rests on it, how to operate it. */
export function resourcePage(resource: Resource, around: Around): Page {
  const of = addressOf(resource);
  const checks = isKnown('check')(resource) ? [resource] : checksOf(of, around);
  return {
    of,
    kind: resource.kind,
    title: resource.name,
    lead: [
      paragraph(...whatItIs(resource, around)),
      { terms: [...ownerTerm(resource, around), ...aboutOf(resource, around)] },
    ],
    sections: [
      ...section(resource.kind === 'team' ? 'What it promised' : 'What is promised of it', promiseTable(of, around)),
      ...section('Its checks', checkTable(checks, around), { list: waiversOf(checks, around) }),
      ...section('What follows from its declaration', derivedTable(of, around)),
      ...section('What depends on what', { map: resourceMap(resource, around) }, { terms: dependTerms(of, around) }),
      ...section('How to operate it', commandsFor(of, around)),
    ],
  };
}

const kinds: Readonly<Record<string, string>> = {
  service: 'a service: it stays up',
  migration: 'a migration: it runs once for a release, before what needs it starts',
  job: 'a job: it runs to its end',
  image: 'an image: what containers start from, the same bits each time',
  network: 'a network: who is on it reaches the others on it',
  volume: 'a volume: data that outlives what writes it',
  secret: 'a secret: delivered to who needs it, written down nowhere else',
  routes: 'a table of routes: what an edge leads where',
  team: 'a team: the people who answer for what they promised',
  upstream: 'an upstream: somebody else’s service, which the system depends on',
  check: 'a check: sentences that must be so',
};

function whatItIs({ kind, name }: Resource, around: Around): Line {
  const of: Address = `${kind}/${name}`;
  const needed = (around.neededBy.get(of) ?? []).filter(one => !/^(check|promise|routes)\//.test(one));
  const resting = around.resting.get(of) ?? [];
  return [
    { strong: name },
    ` is ${kinds[kind] ?? `a ${kind}`}. `,
    ...(needed.length > 0
      ? [`It is needed by ${needed.length === 1 ? '' : `${needed.length} others: `}`, ...links(needed, around), '. ']
      : []),
    restingWords(kind, resting.length),
  ];
}

function restingWords(kind: string, count: number): string {
  if (kind === 'team') return count === 0 ? 'It keeps no promise yet.' : `It keeps ${plural(count, 'promise')}.`;
  return count === 0
    ? 'No promise rests on it.'
    : `${plural(count, 'promise')} ${count === 1 ? 'rests' : 'rest'} on it.`;
}

/** Nobody is named by guess. */
function ownerTerm(resource: Resource, around: Around): readonly Term[] {
  if (isKnown('team')(resource)) return [];
  const owners = ownersOf(addressOf(resource), around);
  const teams = allOf(around, 'team').map(addressOf);
  if (owners.length > 0) return [['Owned by', ownerLine(owners, around)]];
  const others: Line = teams.length > 0 ? ['; the system has ', ...links(teams, around)] : [];
  return [['Owned by', ['nobody by a promise', ...others]]];
}

const ownerLine = (owners: readonly Address[], around: Around): Line => [
  ...links(owners, around),
  ', by what is promised of it: ',
  ...owners.flatMap(owner => peopleOf(around.all.get(owner))),
];

const peopleOf = (team: Resource | undefined): Line =>
  team && isKnown('team')(team)
    ? team.spec.people.flatMap((mail, at): Line => [...(at === 0 ? [] : [', ']), { out: mail, text: mail }])
    : [];

const promiseTable = (of: Address, around: Around): Block => ({
  table: {
    head: ['Promise', 'State', 'Why'],
    rows: (around.resting.get(of) ?? []).map(promise => promiseRow(promise, around)),
  },
});

function promiseRow(promise: Known<'promise'>, around: Around): readonly Line[] {
  const of = addressOf(promise);
  const status = around.statuses.get(of);
  return [[link(of, around)], [{ state: statusOf(of, around) }], status ? whyOf(status, around) : []];
}

function dependTerms(of: Address, around: Around): readonly Term[] {
  const [needs, neededBy] = [around.needs.get(of) ?? [], around.neededBy.get(of) ?? []];
  return [
    ['Depends on', needs.length > 0 ? kindly(needs, around) : ['nothing']],
    ['What depends on it', neededBy.length > 0 ? kindly(neededBy, around) : ['nothing']],
  ];
}

/** Each with its kind, since names of several kinds may be the same. */
const kindly = (of: readonly Address[], around: Around): Line =>
  of.flatMap((one, at): Line => [at === 0 ? '' : ', ', `${around.all.get(one)?.kind} `, link(one, around)]);
