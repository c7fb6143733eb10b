import { declareSystem } from '../declare/declare-system.ts';
import { nearest } from '../kit/nearest.ts';
import { exitCode, Problem } from '../kit/problem.ts';
import { nameIn } from '../model/address.ts';
import { targetOf } from '../model/environment/environment.ts';
import type { SystemModel } from '../model/system-model.ts';
import { type PromiseStatus, promiseStatuses } from '../verify/promise/status.ts';
import { type Call, whereOf } from './call.ts';
import { runningDigests } from './checking/digests.ts';
import { findPlace, openJournal } from './ground/place.ts';
import { untilStopped } from './ground/stopping.ts';

/** What is promised, and how that stands. */
export interface Promised {
  readonly model: SystemModel;
  readonly statuses: readonly PromiseStatus[];
}

/** Opens what a verb looks at that is about promises. It asks no engine. */
export const promisedIn = (call: Call): Promise<Promised> => untilStopped(read(call), call.stopping.signal);

async function read(call: Call): Promise<Promised> {
  const place = await findPlace(whereOf(call));
  const target = targetOf(place.environment, place.config.environments);
  const model = await declareSystem({ file: place.project.file, environment: target, signal: call.stopping.signal });
  await using journal = await openJournal(place);
  const scope = { system: model.name, environment: model.environment };
  const facts = await Array.fromAsync(journal.read({ ...scope, kinds: ['check.ran', 'promise.measured'] }));
  const digests = await runningDigests(journal, model);
  return { model, statuses: promiseStatuses({ model, facts, digests, now: call.outside.clock() }) };
}

/** The one that is meant, by its sentence or its name. Throws a Problem for none. */
export function meant({ statuses }: Promised, asked: string): PromiseStatus {
  const found = statuses.find(({ sentence, promise }) => sentence === asked || nameIn(promise) === asked);
  if (found) return found;
  const near = nearest(
    asked,
    statuses.flatMap(({ sentence, promise }) => [sentence, nameIn(promise)]),
  );
  throw new Problem({
    what: `there is no promise "${asked}"`,
    why: statuses.length > 0 ? `there are: ${statuses.map(one => nameIn(one.promise)).join(', ')}` : 'none is declared',
    ...(near && { fix: `did you mean "${near}"?` }),
    exit: exitCode.wrongUse,
  });
}
