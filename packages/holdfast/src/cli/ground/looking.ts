import { type Call, whereOf } from '../call.ts';
import { tellTakenOver } from '../secrets/told.ts';
import { findPlace, ground, openJournal } from './place.ts';
import type { StageParts, WorkingStage } from './stage.ts';
import { stageOf } from './stage.ts';
import { untilStopped } from './stopping.ts';

/** Opens what a verb stands on that only looks: no lease, nothing to confirm. A wish to stop ends it at once. */
export const looking = <T>(
  call: Call,
  look: (stage: WorkingStage) => Promise<T>,
  more: Partial<StageParts> = {},
): Promise<T> => untilStopped(looked(call, look, more), call.stopping.signal);

/** The same for a verb that has things under way: it ends when it has taken them away, or at a second wish to stop. */
export const working = <T>(
  call: Call,
  work: (stage: WorkingStage) => Promise<T>,
  more: Partial<StageParts> = {},
): Promise<T> => untilStopped(looked(call, work, more), call.stopping.abandon);

async function looked<T>(call: Call, look: (stage: WorkingStage) => Promise<T>, more: Partial<StageParts>): Promise<T> {
  const { stopping, outside } = call;
  const tell = tellTakenOver(call);
  const place = await findPlace(whereOf(call));
  const grounded = await ground(place, stopping.signal);
  await using journal = await openJournal(place);
  return await look(await stageOf({ grounded, journal, stopping, tell, clock: outside.clock, ...more }));
}
