import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exitCode, Problem, Problems } from '../kit/problem.ts';
import { spell } from '../model/declaration/spell.ts';
import { type Config, defaultConfig } from '../model/environment/config.ts';
import type { Environment } from '../model/environment/environment.ts';
import { readable } from './code-frame.ts';
import { explain } from './explain/explain.ts';
import { isUnplaced } from './explain/syntax.ts';
import { lendLanguage } from './lent-language.ts';
import { placed } from './placed.ts';

const names = ['holdfast.config.ts', 'holdfast.config.mts', 'holdfast.config.js', 'holdfast.config.mjs'];

/** The configuration of the project in a folder; the default one where there is none. Throws {@link Problems}. */
export async function loadConfig(folder: string): Promise<Config> {
  const file = names.map(name => resolve(folder, name)).find(path => existsSync(path));
  return file ? readConfig(file, folder) : defaultConfig();
}

/**
 * Reads one configuration file, in this process, since the providers that it hands over are functions.
 * `folder` is whence paths in problems are told.
 */
export async function readConfig(file: string, folder: string): Promise<Config> {
  using _ = lendLanguage();
  try {
    const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(file).href);
    if (!isConfig(module.default)) throw noConfig(file, module);
    return {
      ...module.default,
      environments: module.default.environments.map(one => anchored(one, resolve(file, '..'))),
    };
  } catch (error) {
    const refusal = { problems: await explain(error, file) };
    const { problems: parts } = isUnplaced(error) ? await placed(refusal, file) : refusal;
    const problems = parts.map(one => new Problem({ ...readable(one, folder), exit: exitCode.wrongUse }));
    throw new Problems(problems, `${file} is not right`);
  }
}

const isConfig = (value: unknown): value is Config =>
  typeof value === 'object' && value !== null && 'environments' in value && Array.isArray(value.environments);

/** A journal's path is relative to the configuration that names it. */
const anchored = (environment: Environment, folder: string): Environment =>
  environment.journal && !/^[a-z][a-z0-9+.-]+:/i.test(environment.journal)
    ? { ...environment, journal: resolve(folder, environment.journal) }
    : environment;

const noConfig = (file: string, module: Readonly<Record<string, unknown>>): Problem =>
  new Problem({
    what:
      'default' in module
        ? `the default export is ${spell(module.default)}, not a configuration`
        : 'there is no default export',
    where: `${file}:1:1`,
    why: 'the environments are what the file exports by default',
    fix: 'write export default defineConfig({ environments: { … } })',
  });
