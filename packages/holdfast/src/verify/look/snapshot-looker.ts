import { type Clock, systemClock } from '../../kit/clock.ts';
import type { Asked, Looker } from '../../ports/looking/looker.ts';
import type { Reading, SnapshotReader } from '../../ports/looking/snapshot-reader.ts';
import type { AnyGlance } from './facts/glance.ts';
import { sceneOf } from './facts/scene.ts';
import { notRead } from './facts/texts.ts';
import { sightOf } from './sight.ts';
import { tellingOf } from './telling.ts';
import { wantedFor } from './wanted.ts';

/** Looks at subjects in one snapshot of all that is to be known of them. */
export const snapshotLooker = ({ tier, read }: SnapshotReader, clock: Clock = systemClock): Looker => ({
  tier,
  isTogether: true,
  sees: of => tellingOf(of) !== undefined,
  async look(target, asked, signal) {
    const startedAt = performance.now();
    const reading = await read(target, wantedFor(asked), signal);
    const tell = tellingBy(reading);
    const glances = asked.map(one => [one.of, tell(one)] as const);
    const at = 'snapshot' in reading ? reading.snapshot.at : clock();
    const how = { tier, at, milliseconds: performance.now() - startedAt };
    return new Map(glances.map(([of, glance]) => [of, sightOf(glance, how)]));
  },
});

function tellingBy(reading: Reading): (asked: Asked) => AnyGlance {
  if (!('snapshot' in reading)) return () => reading;
  const scene = sceneOf(reading.snapshot);
  return ({ of, wanted }) => tellingOf(of)?.tells(scene, of, wanted) ?? notRead;
}
