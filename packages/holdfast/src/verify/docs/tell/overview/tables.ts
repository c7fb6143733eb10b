import { spellEvery } from '../../../../kit/every.ts';
import { addressOf, type Known, type Resource } from '../../../../model/resource.ts';
import type { ToldBound } from '../../knowledge.ts';
import { apart, type Line } from '../../page/inline.ts';
import type { Block } from '../../page/page.ts';
import { hostsOf } from '../about.ts';
import { type Around, allOf, link, links, statusOf } from '../around.ts';
import { isKnownBound } from '../bound.ts';
import { digestLine, madeOf } from '../image.ts';
import { short, whyOf } from '../reason.ts';

const table = (head: readonly string[], rows: readonly (readonly Line[])[]): Block => ({ table: { head, rows } });

export const promisesTable = (around: Around): Block =>
  table(
    ['Promise', 'State', 'Why', 'At best', 'Kept by'],
    allOf(around, 'promise').map(promise => {
      const of = addressOf(promise);
      const [status, bound] = [around.statuses.get(of), around.bounds.get(of)];
      return [
        [link(of, around), ...(promise.spec.objective ? [`, ${promise.spec.objective.text}`] : [])],
        [{ state: statusOf(of, around) }],
        status ? whyOf(status, around) : [],
        [bound ? bestOf(bound) : ''],
        [link(promise.spec.by, around)],
      ];
    }),
  );

const bestOf = (bound: ToldBound): string => {
  if ('refused' in bound) return 'can’t be told';
  return isKnownBound(bound) ? bound.atMost : 'no figure yet';
};

export const teamTable = (around: Around): Block =>
  table(
    ['Team', 'People', 'On call', 'Keeps'],
    allOf(around, 'team').map(team => [
      [link(addressOf(team), around)],
      apart(
        team.spec.people.map((mail): Line => [{ out: mail, text: mail }]),
        ', ',
      ),
      [team.spec.onCall ?? 'nobody is said to be'],
      keptBy(team, around),
    ]),
  );

function keptBy(team: Known<'team'>, around: Around): Line {
  const kept = allOf(around, 'promise').filter(({ spec }) => spec.by === addressOf(team));
  return kept.length > 0
    ? apart(
        kept.map((one): Line => [link(addressOf(one), around)]),
        '; ',
      )
    : ['no promise yet'];
}

export const serviceTable = (around: Around): Block =>
  table(
    ['Service', 'Instances', 'Image', 'Needs', 'Reached at'],
    allOf(around, 'service').map(service => [
      [link(addressOf(service), around)],
      [String(service.spec.replicas)],
      [link(service.spec.image, around)],
      needsLine(service, around),
      reachedAt(service, around),
    ]),
  );

function reachedAt({ name, spec }: Known<'service'>, around: Around): Line {
  const hosts = hostsOf(name, around).map((host): Line => [{ code: host }]);
  const ports = Object.entries(spec.ports).map(([port, number]): Line => [`${port} ${number}`]);
  return apart(hosts.length > 0 ? hosts : ports, ', ');
}

/** What is on a page of its own besides: networks and secrets would only fill the cell. */
function needsLine(resource: Resource, around: Around): Line {
  const needs = (around.needs.get(addressOf(resource)) ?? []).filter(need => !/^(image|network|secret)\//.test(need));
  return needs.length > 0 ? links(needs, around) : ['nothing'];
}

export const taskTable = (around: Around): Block =>
  table(
    ['Task', 'Kind', 'When', 'Image', 'Needs', 'Needed by'],
    [...allOf(around, 'migration'), ...allOf(around, 'job')].map(task => [
      [link(addressOf(task), around)],
      [task.kind],
      [task.spec.every ? spellEvery(task.spec.every) : 'once for each change'],
      [link(task.spec.image, around)],
      needsLine(task, around),
      links(around.neededBy.get(addressOf(task)) ?? [], around),
    ]),
  );

export const dataTable = (around: Around): Block =>
  table(
    ['Volume', 'Written by', 'Writers at a time'],
    allOf(around, 'volume').map(volume => [
      [link(addressOf(volume), around)],
      links(around.neededBy.get(addressOf(volume)) ?? [], around),
      [volume.spec.writers],
    ]),
  );

export const upstreamTable = (around: Around): Block =>
  table(
    ['Company', 'It promises', 'Reached at', 'Promises that it caps'],
    allOf(around, 'upstream').map(upstream => {
      const { sla = 'nothing', endpoint } = upstream.spec;
      const resting = (around.resting.get(addressOf(upstream)) ?? []).map(
        (one): Line => [link(addressOf(one), around)],
      );
      return [
        [link(addressOf(upstream), around)],
        [sla],
        endpoint === undefined ? [] : [{ out: endpoint, text: endpoint }],
        resting.length > 0 ? apart(resting, '; ') : ['none'],
      ];
    }),
  );

export const imageTable = (around: Around): Block =>
  table(
    ['Image', 'Made of', 'Released', 'Used by'],
    allOf(around, 'image').map(image => [
      [link(addressOf(image), around)],
      [madeOf(image)],
      digestLine(image, around, short),
      links(
        (around.neededBy.get(addressOf(image)) ?? []).filter(of => !of.startsWith('check/')),
        around,
      ),
    ]),
  );

const told = new Set(['promise', 'team', 'service', 'migration', 'job', 'volume', 'upstream', 'image']);

/** All that has no table of its own, so that each page can be found. */
export const kindsTable = (around: Around): Block =>
  table(
    ['Kind', 'Names'],
    [
      ...Map.groupBy(
        around.model.resources.filter(({ kind }) => !told.has(kind)),
        ({ kind }) => kind,
      ),
    ].map(([kind, all]) => [[kind], links(all.map(addressOf), around)]),
  );
