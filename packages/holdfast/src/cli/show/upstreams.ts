import { columns, plural, wrapped } from '../../kit/layout.ts';
import type { UpstreamsOutput } from '../output/image/upstreams.ts';
import type { Palette } from './screen.ts';

/** Which hosts each phase rests on, for people. Pure. */
export function upstreamLines(told: UpstreamsOutput, paint: Palette, width: number): readonly string[] {
  return [
    ...told.phases.flatMap(phase => [...phaseLines(phase, paint), '']),
    ...wrapped('', sentence(told), width),
    ...caveats(told).flatMap(line => wrapped('', paint.yellow(line), width)),
  ];
}

type Phase = UpstreamsOutput['phases'][number];

function phaseLines({ phase, rows, bound, assumed }: Phase, paint: Palette): readonly string[] {
  if (rows.length === 0) return [`${paint.bold(title(phase))}  ${paint.green('no host')}`];
  const table = rows.map(({ host, upstream, sla }) => [
    host,
    upstream === undefined ? paint.dim('not declared') : upstream,
    sla ?? paint.yellow('100% assumed'),
  ]);
  const unsure = assumed.length > 0 ? paint.yellow(`, ${plural(assumed.length, 'figure')} assumed`) : '';
  return [
    paint.bold(title(phase)),
    ...columns(table).map(line => `  ${line}`),
    `  at best ${paint.bold(bound)}, the product${unsure}`,
  ];
}

const title = (phase: string): string => `${phase.charAt(0).toUpperCase()}${phase.slice(1)}`;

function sentence({ phases }: UpstreamsOutput): string {
  const at = (phase: Phase['phase']) => phases.find(one => one.phase === phase);
  const [baking, deploying, starting] = [at('baking'), at('deploying'), at('starting')];
  const isKnown = (baking?.rows.length ?? 0) > 0;
  const before = isKnown
    ? `Before sealing, provisioning can at best be as available as all of these together: ${baking?.bound}.`
    : 'Before sealing, provisioning rests on the hosts that a bake contacts; none was recorded yet.';
  const later = [...(deploying?.rows ?? []), ...(starting?.rows ?? [])].map(({ host }) => host);
  if (later.length === 0)
    return `${before} After it, deploying and starting contact no host: nothing of this can stop them.`;
  return `${before} After it, deploying and starting still need ${[...new Set(later)].join(', ')}.`;
}

const caveats = ({ unrecorded, unbaked, fromCache }: UpstreamsOutput): readonly string[] => [
  ...(unrecorded.length > 0
    ? [`Whom the making of ${unrecorded.join(', ')} contacts is not known: a Dockerfile may reach any host.`]
    : []),
  ...(fromCache.length > 0
    ? [`Made of what had been fetched before, so that it is not known from where: ${fromCache.join(', ')}.`]
    : []),
  ...(unbaked.length > 0 ? [`Not baked yet, so that their hosts are not known: ${unbaked.join(', ')}.`] : []),
];
