import { z } from 'zod';
import { reportOutput } from '../../verify/report/json-format.ts';
import { bakeOutput } from './bake.ts';
import { docsOutput } from './docs.ts';
import { eventOutput } from './event.ts';
import { factOutput, logOutput, verificationOutput } from './fact.ts';
import { imageDiffOutput } from './image/diff.ts';
import { imageListOutput } from './image/list.ts';
import { imagePruneOutput } from './image/prune.ts';
import { imageShowOutput } from './image/show.ts';
import { upstreamsOutput } from './image/upstreams.ts';
import { imageVerifyOutput } from './image/verify.ts';
import { planOutput } from './plan.ts';
import { errorOutput } from './problem.ts';
import { promisesOutput } from './promises.ts';
import { restoreOutput, restoreRemovedOutput } from './restore.ts';
import { secretShowOutput } from './secret/certificate.ts';
import { secretChangedOutput } from './secret/changed.ts';
import { secretIdentityOutput } from './secret/identity.ts';
import { secretListOutput } from './secret/list.ts';
import { secretMergeOutput } from './secret/merge.ts';
import { secretRecipientsOutput } from './secret/recipients.ts';
import { secretRekeyOutput } from './secret/rekey.ts';
import { statusOutput } from './status.ts';

/** What `--json` writes, by verb. `error` is what any verb writes to standard error. */
export const outputs = {
  plan: planOutput,
  up: eventOutput,
  down: eventOutput,
  rollback: eventOutput,
  restore: restoreOutput,
  'restore-remove': restoreRemovedOutput,
  bake: bakeOutput,
  'image-ls': imageListOutput,
  'image-show': imageShowOutput,
  'image-diff': imageDiffOutput,
  'image-verify': imageVerifyOutput,
  'image-prune': imagePruneOutput,
  upstreams: upstreamsOutput,
  'secret-ls': secretListOutput,
  'secret-set': secretChangedOutput,
  'secret-rotate': secretChangedOutput,
  'secret-show': secretShowOutput,
  'secret-identity': secretIdentityOutput,
  'secret-recipients': secretRecipientsOutput,
  'secret-rekey': secretRekeyOutput,
  'secret-merge': secretMergeOutput,
  status: statusOutput,
  docs: docsOutput,
  check: reportOutput,
  'promise-ls': promisesOutput,
  logs: logOutput,
  journal: factOutput,
  'journal-verify': verificationOutput,
  init: z.object({ folder: z.string(), written: z.array(z.string()) }),
  version: z.object({ version: z.string(), node: z.string() }),
  error: errorOutput,
} as const;

export type OutputName = keyof typeof outputs;

export const schemaOf = (name: OutputName) => z.toJSONSchema(outputs[name], { reused: 'ref' });
