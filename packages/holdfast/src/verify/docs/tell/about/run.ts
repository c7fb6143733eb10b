import type { Address } from '../../../../model/address.ts';
import { reachesEngine, reachesJournal } from '../../../../model/reached.ts';
import { needsOf } from '../../../../model/ref.ts';
import type { RunSpec } from '../../../../model/spec/service-spec.ts';
import { isFixedAddress, type RefValue, type Value } from '../../../../model/value.ts';
import { apart, type Line } from '../../page/inline.ts';
import type { Term } from '../../page/page.ts';
import { type Around, link, links } from '../around.ts';
import { short } from '../reason.ts';

/** What any container is run with. Values of variables and contents of files stay in the code. */
export function runTerms(spec: RunSpec, around: Around): readonly Term[] {
  const digest = around.digests.get(spec.image);
  return [
    ['Image', [link(spec.image, around), ...(digest === undefined ? [] : [' ', { code: short(digest) }])]],
    ...(spec.command ? [['Runs', [{ code: spec.command.join(' ') }]] as const] : []),
    ['Networks', links(spec.networks, around)],
    ...(reachesEngine(spec)
      ? [
          [
            'Reaches the engine',
            ['it has the engine’s socket: whoever has it is root on the engine’s machine'],
          ] as const,
        ]
      : []),
    ...(reachesJournal(spec) ? [['Reaches the journal', ['it reads it and writes to it']] as const] : []),
    ...mapTerm('Keeps data in', spec.mounts, (path, volume) => [link(volume, around), ' at ', { code: path }]),
    ...mapTerm('Files', spec.files, (path, { content }) => [{ code: path }, ...from(needsOf(content), around)]),
    ...mapTerm('Knows by address', spec.hosts ?? {}, (name, value) => [{ code: name }, ...hostLine(value, around)]),
    ...mapTerm('Variables', spec.env, (name, value) => [{ code: name }, ...from(needsOf(value), around)]),
    ['Limits', [limitWords(spec)]],
  ];
}

const mapTerm = <T>(
  term: string,
  of: Readonly<Record<string, T>>,
  tell: (key: string, value: T) => Line,
): readonly Term[] => {
  const lines = Object.entries(of).map(([key, value]) => tell(key, value));
  return lines.length > 0 ? [[term, apart(lines, ', ')]] : [];
};

/** `address(11) of lan`. */
export const addressLine = ({ $ref: { of, rest } }: RefValue, around: Around): Line => [
  `always address(${rest}) of `,
  link(of, around),
];

const hostLine = (value: Value, around: Around): Line =>
  isFixedAddress(value) ? [` (address(${value.$ref.rest}) of `, link(value.$ref.of, around), ')'] : [` (${value})`];

const from = (needs: readonly Address[], around: Around): Line =>
  needs.length > 0 ? [' (of ', ...links(needs, around), ')'] : [];

function limitWords({ limits: { memory, cpu, processes }, readOnly, user, capabilities }: RunSpec): string {
  return [
    memory === undefined ? 'no limit of memory' : `${Math.round(memory / 1e4) / 100} MB of memory`,
    ...(cpu === undefined ? [] : [`${cpu / 1_000} of a processor`]),
    `${processes} processes`,
    ...(readOnly ? ['a root that is read-only'] : []),
    ...(user === undefined ? [] : [`user ${user}`]),
    ...(capabilities.length > 0 ? [`may ${capabilities.join(', ')}`] : []),
  ].join(', ');
}
