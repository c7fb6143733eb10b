import type { Snapshot } from '../../../ports/looking/snapshot.ts';
import { type Listening, listeningIn } from './network/sockets.ts';
import { type Installed, installedIn } from './packages.ts';
import { type People, peopleIn } from './people.ts';
import { type OneProcessRead, processesIn } from './processes.ts';

/** A snapshot, with what several subjects are told by. */
export interface Scene {
  readonly snapshot: Snapshot;
  readonly people: People;
  /** Those that are the target's own; empty where they were not wanted. */
  readonly processes: readonly OneProcessRead[];
  /** All sockets that wait for others; empty where the network was not wanted. */
  readonly listening: readonly Listening[];
  readonly installed: Installed;
}

export const sceneOf = (snapshot: Snapshot): Scene => ({
  snapshot,
  people: peopleIn(snapshot),
  processes: processesIn(snapshot),
  listening: listeningIn(snapshot),
  installed: installedIn(snapshot),
});
