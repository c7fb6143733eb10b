import { exitCode } from '../../../kit/problem.ts';
import { backupKeys } from '../../../model/backup-keys.ts';
import { type Entry, entryOf } from '../../../providers/secrets/document.ts';
import { variableOf } from '../../../providers/secrets/store.ts';
import { printJson, type Verb } from '../../call.ts';
import type { SecretListOutput } from '../../output/secret/list.ts';
import type { Outside } from '../../outside.ts';
import { type Among, amongSecrets, usersOf } from '../../secrets/among.ts';
import { certified } from '../../secrets/certified.ts';
import { secretListLines } from '../../show/secret/list.ts';

/** The secrets of the environment, without their values. */
export const list: Verb = call =>
  amongSecrets(call, async among => {
    const { model, place, secrets } = among;
    const output: SecretListOutput = {
      system: model.name,
      environment: place.environment.name,
      file: secrets.path,
      secrets: await secretsIn(among, call.outside),
    };
    if (call.options.json) printJson(call, output);
    else call.out.print(secretListLines(output, call.outside.clock(), call.out.palette));
    return exitCode.kept;
  });

async function secretsIn(
  { declared, secrets, model }: Among,
  { env, clock }: Outside,
): Promise<SecretListOutput['secrets']> {
  const document = await secrets.document();
  const keys = backupKeys(model);
  const names = new Set([...declared.map(({ name }) => name), ...Object.keys(document?.secrets ?? {})]);
  return [...names].sort().map(name => {
    const spec = declared.find(one => one.name === name)?.spec;
    return {
      name,
      made: spec === undefined ? 'undeclared' : spec.generate === undefined ? 'given' : 'generated',
      ...stored(document && entryOf(document, name)),
      ...(keys.includes(name) && { backups: true as const }),
      ...certificateIn(env[variableOf(name)] || (document && entryOf(document, name)?.text), clock()),
      variable: Boolean(env[variableOf(name)]),
      users: usersOf(name, model),
    };
  });
}

const certificateIn = (text: string | undefined, now: number) => {
  const certificate = certified(text ?? '', now);
  return certificate ? { certificate } : {};
};

const stored = (entry: Entry | undefined) =>
  entry === undefined
    ? { stored: false, earlier: 0 }
    : { stored: true, changed: entry.changed, earlier: entry.earlier?.length ?? 0 };
