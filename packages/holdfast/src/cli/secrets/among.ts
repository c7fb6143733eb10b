import type { FactDraft, Payloads } from '../../journal/fact.ts';
import { nearest } from '../../kit/nearest.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { addressOf, type Known } from '../../model/resource.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { SealedSecrets } from '../../providers/secrets/store.ts';
import { type Call, whereOf } from '../call.ts';
import { declaredIn, findPlace, openJournal, type Place } from '../ground/place.ts';
import { untilStopped } from '../ground/stopping.ts';
import { toFactEvent } from '../output/to-event.ts';
import { secretsOf } from './sealed.ts';
import { tellTakenOver } from './told.ts';

/** What the verbs of secrets stand on: no engine is asked. */
export interface Among {
  readonly place: Place;
  readonly model: SystemModel;
  readonly declared: readonly Known<'secret'>[];
  readonly secrets: SealedSecrets;
  /** Writes down what was done. */
  note<K extends SecretFact>(kind: K, payload: Payloads[K]): Promise<void>;
}

type SecretFact = Extract<keyof Payloads, `secret.${string}`>;

export async function amongSecrets<T>(call: Call, work: (among: Among) => Promise<T>): Promise<T> {
  const { stopping, outside } = call;
  const place = await findPlace(whereOf(call));
  const model = await declaredIn(place, stopping.signal);
  await using journal = await openJournal(place);
  const tell = tellTakenOver(call);
  const record = async (fact: FactDraft): Promise<void> => {
    await journal.append([fact]);
    tell(toFactEvent(fact));
  };
  const among: Among = {
    place,
    model,
    declared: resourcesOf(model, 'secret'),
    secrets: secretsOf(place, { system: model.name, record, clock: outside.clock }),
    note: (kind, payload) => record({ kind, system: model.name, environment: model.environment, payload } as FactDraft),
  };
  return await untilStopped(work(among), stopping.signal);
}

/** The declaration of a secret. Throws a Problem for a name that system.ts does not have. */
export function declaredAs(name: string, { declared, model }: Among): Known<'secret'> {
  const found = declared.find(one => one.name === name);
  if (found) return found;
  const names = declared.map(one => one.name);
  const meant = nearest(name, names);
  throw new Problem({
    what: `there is no secret "${name}" in system.ts`,
    why: names.length > 0 ? `it declares ${names.join(', ')}` : `${model.name} declares none`,
    fix: meant ? `did you mean ${meant}?` : `declare it: secret('${name}')`,
    exit: exitCode.wrongUse,
  });
}

/** Those that are given a secret, and those that are given what it signs: `service/web`. */
export const usersOf = (name: string, model: SystemModel): readonly string[] => {
  const users = model.resources.filter(({ needs }) => needs.includes(`secret/${name}`));
  return [...new Set(users.flatMap(one => (one.kind === 'secret' ? usersOf(one.name, model) : addressOf(one))))];
};
