/**
 * Whatever is not what it should be is refused, or made anew, with a clear word: bits that flip on disk, and a mirror that
 * lies or breaks. Hostile packages (paths with `..`, absolute links, device nodes, zeros without end) are told in
 * providers/debian/deb/hostile.test.ts, and fuzzed in fuzz.test.ts beside it: HOLDFAST_FUZZ=100000. @long
 */
import { shared, story, tellAll } from './harness.ts';
import { breaks, comes, isRefused, lies, staleIsRefused, swappedPackages } from './support/bake/lying.ts';
import { mirror } from './support/bake/mirror.ts';
import {
  flippedLayer,
  flippedLock,
  flippedNotes,
  flippedPackage,
  flippedSeal,
  sealedBase,
} from './support/bake/tampering.ts';

const ground = shared(sealedBase);
const theMirror = shared(mirror);

story('a flipped bit in the lock is refused', async () => flippedLock(await ground()));
for (const kind of ['images', 'layers'] as const)
  story(`a flipped bit in the notes of ${kind}: the same comes again`, async () => flippedNotes(await ground(), kind));
story('a flipped bit in a layer is told, and the same layer is made again', async () => flippedLayer(await ground()));
for (const name of ['seal.json', 'sbom.cdx.json'] as const)
  story(`a flipped bit in ${name} is told`, async () => flippedSeal(await ground(), name));
story('a flipped bit in a package: refused where nothing can be fetched, and fetched again where it can', async () =>
  flippedPackage(await ground(), (await theMirror()).url),
);

for (const lie of Object.keys(lies))
  story(`an index that ${lie} is refused`, async telling =>
    isRefused(await ground(), await theMirror(), lie, telling.say),
  );
story('a list of packages that the index does not name is refused', async telling =>
  swappedPackages(await ground(), await theMirror(), telling.say),
);
story('an index past its time is refused', async () => staleIsRefused(await ground(), await theMirror()));
for (const [so, [, , survived]] of Object.entries(breaks))
  story(`a package, and ${so}: ${survived ? 'survived' : 'refused'}`, async telling =>
    comes(await ground(), await theMirror(), so, telling.say),
  );

await tellAll();
