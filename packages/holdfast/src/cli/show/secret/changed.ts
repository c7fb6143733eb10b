import type { SecretChangedOutput } from '../../output/secret/changed.ts';
import type { Palette } from '../screen.ts';

/** Which secrets have another value now, for people. Pure. */
export function secretChangedLines({ changed, environment }: SecretChangedOutput, paint: Palette): readonly string[] {
  if (changed.length === 0) return ['It has this value already. Nothing was changed.'];
  const users = [...new Set(changed.flatMap(one => one.users))];
  return [
    ...changed.map(({ name }) => `${paint.green('✓')} secret/${name} has a new value`),
    users.length > 0
      ? paint.dim(`  holdfast up --env ${environment} gives it to ${users.join(', ')}`)
      : paint.dim('  nothing uses it yet'),
    ...changed.filter(({ backups }) => backups).map(({ name }) => paint.dim(`  ${stillRead(name)}`)),
  ];
}

const stillRead = (name: string): string =>
  `backups that are there are read by what ${name} was before; a full one is taken as soon as it is up`;
