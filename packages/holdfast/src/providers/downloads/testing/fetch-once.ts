import type { WantedFile } from '../../../ports/downloads.ts';
import { downloads } from '../downloads.ts';

/** A process of its own that fetches one file: `node fetch-once.ts STORE WANTED`. Says its path. */
const [store = '', wanted = ''] = process.argv.slice(2);
const path = await downloads({ store, pauses: [50, 50] }).file(
  JSON.parse(wanted) as WantedFile,
  AbortSignal.timeout(20_000),
);
process.stdout.write(path);
