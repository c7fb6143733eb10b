import { spellMinute } from '../../kit/clock.ts';
import { columns, cut, plural, widthOf } from '../../kit/layout.ts';
import type { BackupOutput, DoneOutput, InstanceOutput, ServiceOutput, StatusOutput } from '../output/status.ts';
import { age, dayAndTime } from './moment.ts';
import type { Palette } from './screen.ts';
import { shortReference } from './short-reference.ts';

/** What runs, for people. Pure; `now` is in milliseconds since 1970. */
export function statusLines(status: StatusOutput, now: number, paint: Palette, width: number): readonly string[] {
  return [
    `${paint.bold(status.system)} ${paint.dim('·')} ${paint.bold(status.environment)}   ${verdict(status, paint)}`,
    '',
    ...serviceLines(status.services, now, paint, width),
    ...(status.services.length > 0 ? [''] : []),
    ...columns(facts(status, now, paint)),
  ];
}

function verdict({ services, well }: StatusOutput, paint: Palette): string {
  if (services.length === 0) return paint.dim('nothing is declared to run');
  if (well) return paint.green('all is well');
  const ill = services.filter(service => !service.well).map(({ name }) => name);
  return paint.red(`not well: ${ill.join(', ')}`);
}

function serviceLines(
  services: readonly ServiceOutput[],
  now: number,
  paint: Palette,
  width: number,
): readonly string[] {
  const rows = services.flatMap(service => [
    ...service.instances.map(instance => instanceRow(instance, now, paint)),
    ...missingRow(service, paint),
  ]);
  const [full, narrow] = [rows, rows.map(row => row.slice(0, 3))].map(table => columns(table).map(line => `  ${line}`));
  return (full?.every(line => widthOf(line) <= width) ? full : narrow) ?? [];
}

function instanceRow(instance: InstanceOutput, now: number, paint: Palette): readonly string[] {
  const { name, running, state, since, health, image } = instance;
  const isWell = running && (health?.ok ?? true);
  const mark = isWell ? paint.green('●') : paint.red('●');
  const up = running && since ? `up ${age(now - Date.parse(since))}` : paint.red(state);
  return [`${mark} ${paint.bold(name)}`, up, answerOf(instance, paint), paint.dim(shortReference(image))];
}

function answerOf({ health, running }: InstanceOutput, paint: Palette): string {
  if (!running) return '';
  if (!health) return paint.dim('has no health check');
  const words = health.ok ? inShort(health.answer) : cut(health.answer, 60);
  return health.ok ? `${words} ${paint.dim(`in ${Math.max(1, Math.round(health.milliseconds))}ms`)}` : paint.red(words);
}

/** Of a page its status is enough; of a command what it said, where it said something. */
const inShort = (answer: string): string =>
  answer.startsWith(said) ? cut(answer.slice(said.length), 40) : answer.replace(/: .*/, '');

const said = 'exit code 0: ';

function missingRow({ name, replicas, instances }: ServiceOutput, paint: Palette): readonly (readonly string[])[] {
  const missing = replicas - instances.length;
  return missing > 0 ? [[`${paint.red('○')} ${paint.bold(name)}`, paint.red(`${missing} of ${replicas} missing`)]] : [];
}

const untilWhen = (due: string | undefined): string => (due === undefined ? '' : ` (until ${spellMinute(due)})`);

function facts(status: StatusOutput, now: number, paint: Palette): readonly (readonly string[])[] {
  const { addresses, volumes, databases, release, lease, done, backups, differences } = status;
  return [
    ...(addresses.length > 0 ? [['  address', paint.cyan(addresses.join('  '))]] : []),
    ...(volumes.length > 0 ? [['  volumes', volumes.map(({ name, due }) => name + untilWhen(due)).join(', ')]] : []),
    ...(databases.length > 0
      ? [['  databases', databases.map(({ about, due }) => about.replace('database ', '') + untilWhen(due)).join('; ')]]
      : []),
    ...(release ? [['  release', releaseWords(release, now, paint)]] : []),
    ...(lease
      ? [
          [
            '  lease',
            paint.yellow(
              `held by ${lease.owner.user}@${lease.owner.host} (${lease.owner.doing}, process ${lease.owner.pid})`,
            ),
          ],
        ]
      : []),
    ...backups.map(one => ['  backup', backupWords(one, now, paint)]),
    ...done.map(one => ['  agent', doneWords(one, now, paint)]),
    ['  drift', driftWords(differences, paint)],
  ];
}

const doneWords = ({ at, kind, what, ok }: DoneOutput, now: number, paint: Palette): string =>
  `${(ok ? paint.cyan : paint.red)(kind)} ${cut(what, 60)} ${paint.dim(`(${age(now - Date.parse(at))} ago)`)}`;

function backupWords({ database, label, type, at, state, proven }: BackupOutput, now: number, paint: Palette): string {
  const words = `${database}: ${label}, ${type}, ${age(now - Date.parse(at))} ago`;
  if (state === 'proven') return `${words}, ${paint.green('proven: it was restored')}`;
  if (state === 'unreadable') return `${words}, ${paint.red("can't be read")}`;
  const last = proven
    ? `the last that was restored is of ${age(now - Date.parse(proven.at))} ago`
    : 'none was restored yet';
  return `${words}, ${paint.yellow('unproven')}: ${last}; holdfast restore ${database}`;
}

const driftWords = (differences: number, paint: Palette): string =>
  differences === 0
    ? 'none: all is as declared'
    : `${paint.yellow(plural(differences, 'difference'))} to what is declared; holdfast plan names ${differences === 1 ? 'it' : 'them'}`;

function releaseWords(release: NonNullable<StatusOutput['release']>, now: number, paint: Palette): string {
  const { number, at, actor, outcome = 'under way or cut short' } = release;
  const dyed = outcome === 'kept' ? paint.green(outcome) : paint.yellow(outcome);
  return `r${number} ${dyed}, ${dayAndTime(at)} (${age(now - Date.parse(at))} ago) by ${actor}`;
}
