import { backupKeys } from '../../../model/backup-keys.ts';
import { type Call, printJson } from '../../call.ts';
import type { SecretChangedOutput } from '../../output/secret/changed.ts';
import { type Among, usersOf } from '../../secrets/among.ts';
import { secretChangedLines } from '../../show/secret/changed.ts';

/** Says which secrets have another value now, and what brings it to those that have them. */
export function tellChanged(call: Call, { model, secrets, place }: Among, names: readonly string[]): void {
  const keys = backupKeys(model);
  const output: SecretChangedOutput = {
    environment: place.environment.name,
    file: secrets.path,
    changed: names.map(name => ({
      ...{ name, users: usersOf(name, model) },
      ...(keys.includes(name) && { backups: true as const }),
    })),
  };
  if (call.options.json) printJson(call, output);
  else call.out.print(secretChangedLines(output, call.out.palette));
}
