import { type Duration, toMilliseconds } from '../../kit/duration.ts';
import type { SubjectSpec, SubjectType } from '../spec/check-spec.ts';

/** How long it may take until it is so, for what needs time; all else is looked at once. */
const patience: Partial<Record<SubjectType, Duration>> = {
  process: '10s',
  unit: '30s',
  log: '30s',
  port: '30s',
  http: '30s',
  url: '30s',
  tcp: '30s',
  udp: '30s',
  dns: '30s',
  certificate: '30s',
  postgres: '30s',
  'postgres-query': '30s',
  'postgres-role': '30s',
  'postgres-extension': '30s',
  'postgres-setting': '30s',
};

/** In milliseconds; undefined where it is looked at once. */
export const patienceWith = (type: SubjectType): number | undefined => {
  const given = patience[type];
  return given && toMilliseconds(given);
};

/** ` within 10s`, where somebody said how long it may take. */
export const spellPatience = ({ type, eventually }: SubjectSpec): string =>
  eventually === undefined || eventually === patienceWith(type) ? '' : ` within ${spellExactly(eventually)}`;

const units = [
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1_000, 's'],
] as const;

function spellExactly(milliseconds: number): string {
  const [size, unit] = units.find(([one]) => milliseconds % one === 0) ?? [1, 'ms'];
  return `${milliseconds / size}${unit}`;
}
