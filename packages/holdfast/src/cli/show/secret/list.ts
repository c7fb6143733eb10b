import { columns, plural } from '../../../kit/layout.ts';
import type { CertificateOutput } from '../../output/secret/certificate.ts';
import type { SecretListOutput } from '../../output/secret/list.ts';
import { age } from '../moment.ts';
import type { Palette } from '../screen.ts';

type Row = SecretListOutput['secrets'][number];

/** The secrets of an environment, for people. Pure; `now` is in milliseconds since 1970. */
export function secretListLines(list: SecretListOutput, now: number, paint: Palette): readonly string[] {
  const { system, environment, secrets } = list;
  const head = `${paint.bold(system)} ${paint.dim('·')} ${paint.bold(environment)}   ${plural(secrets.length, 'secret')}`;
  const titles = ['', 'secret', 'made', 'value', 'for'].map(title => paint.dim(title));
  return [head, '', ...(secrets.length > 0 ? columns([titles, ...secrets.map(one => row(one, now, paint))]) : [])];
}

function row(one: Row, now: number, paint: Palette): readonly string[] {
  const isDeclared = one.made !== 'undeclared';
  return [
    isDeclared ? paint.green('●') : paint.dim('○'),
    isDeclared ? paint.bold(one.name) : paint.dim(one.name),
    isDeclared ? one.made : paint.dim('no longer declared'),
    valueWords(one, now, paint),
    one.users.join(', '),
  ];
}

function valueWords(
  { stored, variable, changed, earlier, backups, made, certificate }: Row,
  now: number,
  paint: Palette,
): string {
  const left = certificate ? [leftWords(certificate, paint)] : [];
  if (variable) return ['of a variable', ...left].join(', ');
  if (!stored) return made === 'generated' ? paint.dim('made by the next up') : paint.yellow('none yet');
  const since = changed === undefined ? [] : [`${age(now - Date.parse(changed))} old`];
  const before = backups ? `${earlier} before it, for older backups` : paint.yellow('not yet released');
  return [...since, ...left, ...(earlier > 0 ? [before] : [])].join(', ');
}

/** Yellow within a month of its end. */
export function leftWords({ daysLeft }: Pick<CertificateOutput, 'daysLeft'>, paint: Palette): string {
  if (daysLeft < 0) return paint.red(`ended ${plural(-daysLeft, 'day')} ago`);
  return (daysLeft < 30 ? paint.yellow : String)(`${plural(daysLeft, 'day')} left`);
}
