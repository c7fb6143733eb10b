import { type Call, whereOf } from '../call.ts';
import { tellTakenOver } from '../secrets/told.ts';
import { findPlace, ground, openJournal, type Place } from './place.ts';
import type { StageParts, WorkingStage } from './stage.ts';
import { untilStopped } from './stopping.ts';

/** What a verb does on its stage. */
export type Work<T> = (stage: WorkingStage) => Promise<T>;

/** Opens what a verb stands on that only looks: no lease, nothing to confirm. A wish to stop ends it at once. */
export const looking = <T>(call: Call, look: Work<T>, more: Partial<StageParts> = {}): Promise<T> =>
  untilStopped(looked(call, planning(look), more), call.stopping.signal);

/** The same for a verb that has things under way: it ends when it has taken them away, or at a second wish to stop. */
export const working = <T>(call: Call, work: Work<T>, more: Partial<StageParts> = {}): Promise<T> =>
  workingWith(call, planning(work), more);

/** Loads meanwhile what the work needs. */
type Load<T> = (place: Place) => Promise<Work<T>>;

/** The same for one whose work is loaded meanwhile. */
export const workingWith = <T>(call: Call, load: Load<T>, more: Partial<StageParts> = {}): Promise<T> =>
  untilStopped(looked(call, load, more), call.stopping.abandon);

/** What plans asks what recipes come to. */
const planning =
  <T>(work: Work<T>): Load<T> =>
  async ({ project }) => {
    await (await import('./baking.ts')).loadFetching(project.root);
    return work;
  };

/** While another process evaluates system.ts, this one loads what comes after it. */
async function looked<T>(call: Call, load: Load<T>, more: Partial<StageParts>): Promise<T> {
  const { stopping, outside } = call;
  const tell = tellTakenOver(call);
  const place = await findPlace(whereOf(call));
  const [grounded, { stageOf }, work] = await Promise.all([
    ground(place, stopping.signal),
    import('./stage.ts'),
    load(place),
  ]);
  await using journal = await openJournal(place);
  return await work(await stageOf({ grounded, journal, stopping, tell, clock: outside.clock, ...more }));
}
