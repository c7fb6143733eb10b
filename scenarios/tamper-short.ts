/** What is not what it was is told, or made anew. A mirror that lies, and all else, is in tamper. */
import { shared, story, tellAll } from './harness.ts';
import { flippedLock, flippedNotes, flippedSeal, sealedBase } from './support/bake/tampering.ts';

const ground = shared(sealedBase);

story('a flipped bit in the lock is refused', async () => flippedLock(await ground()));
story('a flipped bit in a note of an image: the same comes of it again', async () =>
  flippedNotes(await ground(), 'images'),
);
story('a flipped bit in a signed record is told', async () => flippedSeal(await ground(), 'seal.json'));
story('a flipped bit in a bill of materials is told', async () => flippedSeal(await ground(), 'sbom.cdx.json'));

await tellAll();
