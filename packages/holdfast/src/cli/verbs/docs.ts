import { join, resolve } from 'node:path';
import { declareSystem } from '../../declare/declare-system.ts';
import { exitCode } from '../../kit/problem.ts';
import { targetOf } from '../../model/environment/environment.ts';
import { type Docs, docsOf } from '../../verify/docs/docs.ts';
import { staleIn } from '../../verify/docs/stamp/compare.ts';
import { type Call, type CommonOptions, printJson, type Verb, whereOf } from '../call.ts';
import { readFolder, refuseForeign, writeFolder } from '../docs/folder.ts';
import { knowledgeOf } from '../docs/knowledge.ts';
import { findPlace, type Place } from '../ground/place.ts';
import { makeState } from '../ground/state.ts';
import { untilStopped } from '../ground/stopping.ts';
import type { DocsOutput } from '../output/docs.ts';
import { docsLines } from '../show/docs.ts';

export interface DocsOptions extends CommonOptions {
  readonly out?: string;
  readonly site?: string;
  readonly check?: boolean;
}

/** Writes what is promised and what shows it, as Markdown and as a site; or says which pages are stale. Asks no engine. */
export const docs: Verb<DocsOptions, [verbs: readonly string[]]> = async (call, verbs) => {
  const { project, config, environment, ...place } = await findPlace(whereOf(call));
  const { signal } = call.stopping;
  const target = targetOf(environment, config.environments);
  const model = await declareSystem({ file: project.file, environment: target, signal });
  const here: Place = { project, config, environment, ...place };
  const knowledge = await untilStopped(knowledgeOf(here, model, call.outside.clock(), new Set(verbs)), signal);
  const made = docsOf(knowledge);
  const about = { system: model.name, environment: model.environment, ...(knowledge.asOf && { asOf: knowledge.asOf }) };
  const output = call.options.check ? await checked(call, here, made, about) : await written(call, here, made, about);
  if (call.options.json) printJson(call, output);
  else call.out.print(docsLines(output, call.out.palette, call.out.width));
  return output.well ? exitCode.kept : exitCode.failed;
};

type About = Pick<DocsOutput, 'system' | 'environment' | 'asOf'>;

const foldersOf = ({ options: { out, site }, outside: { cwd } }: Call<DocsOptions>, { project: { root } }: Place) => ({
  markdown: out === undefined ? resolve(root, 'docs/system') : resolve(cwd, out),
  site: site === undefined ? resolve(root, '.holdfast/site') : resolve(cwd, site),
});

async function written(call: Call<DocsOptions>, place: Place, made: Docs, about: About): Promise<DocsOutput> {
  const folders = foldersOf(call, place);
  await refuseForeign(folders.markdown, made.markdown);
  await refuseForeign(folders.site, made.site);
  await makeState(place.project.root);
  call.holdOn();
  const markdown = await writeFolder(folders.markdown, made.markdown);
  const site = await writeFolder(folders.site, made.site);
  return {
    ...about,
    well: true,
    folders: [
      { folder: folders.markdown, files: made.markdown.length, ...markdown },
      { folder: folders.site, files: made.site.length, opens: join(folders.site, 'index.html'), ...site },
    ],
  };
}

/** The site is no part of a repository, so it is looked at only where it is named. */
async function checked(call: Call<DocsOptions>, place: Place, made: Docs, about: About): Promise<DocsOutput> {
  const folders = foldersOf(call, place);
  const looked = [
    { folder: folders.markdown, files: made.markdown },
    ...(call.options.site === undefined ? [] : [{ folder: folders.site, files: made.site }]),
  ];
  const checks = await Promise.all(
    looked.map(async ({ folder, files }) => ({
      folder,
      files: files.length,
      stale: staleIn(await readFolder(folder), files),
    })),
  );
  return { ...about, well: checks.every(({ stale }) => stale.length === 0), folders: checks };
}
