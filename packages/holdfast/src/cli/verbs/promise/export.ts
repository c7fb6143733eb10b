import { exitCode } from '../../../kit/problem.ts';
import { openSlo } from '../../../verify/export/openslo.ts';
import { prometheusRules } from '../../../verify/export/prometheus.ts';
import type { CommonOptions, Verb } from '../../call.ts';
import { toFile } from '../../out-file.ts';
import { promisedIn } from '../../promises.ts';

export interface ExportOptions extends CommonOptions {
  readonly as: 'openslo' | 'prometheus';
  readonly out?: string;
}

const formats = { openslo: openSlo, prometheus: prometheusRules } as const;

/** The promises as another tool reads them. */
export const exported: Verb<ExportOptions> = async ({ options, outside, ...call }) => {
  const { model } = await promisedIn({ options, outside, ...call });
  const text = formats[options.as](model);
  if (options.out === undefined) outside.stdout.write(text);
  else await toFile(options.out, text, outside);
  return exitCode.kept;
};
