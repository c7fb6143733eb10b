import { plural } from '../../../../kit/layout.ts';
import { addressOf, type Known } from '../../../../model/resource.ts';
import { precedence } from '../../../promise/reason.ts';
import { type Inline, type Line, listed } from '../../page/inline.ts';
import { type Page, paragraph, section } from '../../page/page.ts';
import { hostsOf } from '../about.ts';
import { type Around, allOf, link, links, statusOf } from '../around.ts';
import { systemMap } from '../maps.ts';
import { commandsFor } from '../operate.ts';
import { assumptionsIn, risksIn, unprovenIn, waiversIn } from './debts.ts';
import {
  dataTable,
  imageTable,
  kindsTable,
  promisesTable,
  serviceTable,
  taskTable,
  teamTable,
  upstreamTable,
} from './tables.ts';

/** The first page: what a new engineer reads first. */
export function systemPage(around: Around): Page {
  const { name, environment } = around.model;
  return {
    title: name,
    kind: `system, as declared for ${environment}`,
    lead: [paragraph(...whatItIs(around)), paragraph(...howItHangs(around)), ...asOf(around)],
    sections: [
      ...section('Promises', promisesTable(around)),
      ...section('Map', { map: systemMap(around) }),
      ...section('Who to ask', teamTable(around)),
      ...section('Services', serviceTable(around)),
      ...section('What runs before and beside', taskTable(around)),
      ...section('Data', dataTable(around)),
      ...section('Upstreams', upstreamTable(around)),
      ...section('Images', imageTable(around)),
      ...section('Further parts', kindsTable(around)),
      ...section('Debts and signed risks', {
        list: [...risksIn(around), ...waiversIn(around), ...unprovenIn(around), ...assumptionsIn(around)],
      }),
      ...section('How to operate it', commandsFor(undefined, around)),
    ],
  };
}

function whatItIs(around: Around): Line {
  const [services, volumes] = [allOf(around, 'service'), allOf(around, 'volume')];
  const [images, upstreams] = [allOf(around, 'image'), allOf(around, 'upstream')];
  const instances = services.reduce((sum, { spec }) => sum + spec.replicas, 0);
  const parts = [
    ...(images.length > 0 ? [` from ${plural(images.length, 'image')}`] : []),
    ...(volumes.length > 0 ? [` with ${plural(volumes.length, 'volume')} of data`] : []),
  ];
  return [
    { strong: around.model.name },
    ` is ${plural(services.length, 'service')} in ${plural(instances, 'instance')}${parts.join(',')}. `,
    ...(upstreams.length > 0 ? ['Outside of it: ', ...links(upstreams.map(addressOf), around), '. '] : []),
    ...teamsSay(around),
  ];
}

function teamsSay(around: Around): Line {
  const promises = allOf(around, 'promise');
  const teams = [...new Set(promises.map(({ spec }) => spec.by))];
  if (promises.length === 0) return ['Nothing is promised of it yet.'];
  const byState = Map.groupBy(promises.map(addressOf), of => statusOf(of, around));
  const told = listed(
    precedence.flatMap(state => {
      const count = byState.get(state)?.length ?? 0;
      return count === 0 ? [] : [`${count} ${count === 1 ? 'is' : 'are'} ${state}`];
    }),
  );
  return [
    ...links(teams, around),
    ` ${teams.length === 1 ? 'keeps' : 'keep'} ${plural(promises.length, 'promise')}: `,
    ...told,
    '.',
  ];
}

/** From the outside in: each after what leads to it. */
function howItHangs(around: Around): Line {
  const services = allOf(around, 'service');
  const edges = services.filter(({ spec }) => spec.publish.length > 0);
  const told = new Set<Known<'service'>>(edges);
  for (const { name } of told)
    for (const need of around.needs.get(`service/${name}`) ?? [])
      for (const service of services) if (addressOf(service) === need) told.add(service);
  const all = [...told, ...services.filter(one => !told.has(one))];
  const rest = all.length - inWords;
  return [
    ...all.slice(0, inWords).flatMap(service => sentence(service, around)),
    ...(rest > 0 ? [`${plural(rest, 'more service')} ${rest === 1 ? 'is' : 'are'} in the table below.`] : []),
  ];
}

/** More than so many services are read in a table, not in sentences. */
const inWords = 8;

function sentence(service: Known<'service'>, around: Around): Line {
  const { spec, name } = service;
  const hosts = hostsOf(name, around);
  const needs = (around.needs.get(addressOf(service)) ?? []).filter(need => /^(service|upstream)\//.test(need));
  const says: readonly Line[] = [
    ...(hosts.length > 0 ? [[`takes requests for ${hosts.join(', ')}`]] : []),
    ...(spec.replicas > 1 ? [[`runs ${spec.replicas} times`]] : []),
    ...(needs.length > 0 ? [[hosts.length > 0 ? 'leads them to ' : 'needs ', ...links(needs, around)]] : []),
    ...(Object.keys(spec.mounts).length > 0
      ? [['keeps its data in ', ...links(Object.values(spec.mounts), around)]]
      : []),
    ...(spec.before.length > 0 ? [['starts after ', ...links(spec.before, around)]] : []),
  ];
  const told: Line = says.length > 0 ? joined(says) : ['stands by itself'];
  return [link(addressOf(service), around), ' ', ...told, '. '];
}

const joined = (lines: readonly Line[]): Line =>
  lines.flatMap(
    (line, at): Line => [...(at === 0 ? [] : ([at === lines.length - 1 ? ' and ' : ', '] as Inline[])), ...line],
  );

/** Nobody looked at an engine for these pages. */
const asOf = ({ asOf: newest }: Around) =>
  newest
    ? [
        paragraph(
          'What is said here of what was found is as of fact ',
          String(newest.seq),
          ' of ',
          { time: newest.at },
          '.',
        ),
      ]
    : [];
