import { dirname, relative } from 'node:path';
import type { ProblemParts } from '../kit/problem.ts';
import { spell } from '../model/declaration/spell.ts';
import type { Resource } from '../model/resource.ts';
import type { SystemModel } from '../model/system-model.ts';
import type { Answer } from './answer.ts';

/** The system that a module exports. */
export function systemIn(module: Readonly<Record<string, unknown>>, file: string): Answer {
  if (!('default' in module)) return { problems: [noDefault(file, Object.keys(module))] };
  const model = module.default;
  return isModel(model) ? { model: placed(model, dirname(file)) } : { problems: [noSystem(file, model)] };
}

const isModel = (value: unknown): value is SystemModel =>
  typeof value === 'object' && value !== null && 'format' in value && value.format === 1 && 'resources' in value;

/** Places relative to the folder of `system.ts`: the same on every machine. */
const placed = (model: SystemModel, folder: string): SystemModel => ({
  ...model,
  resources: model.resources.map(resource => nearer(resource, folder)),
});

const nearer = (resource: Resource, folder: string): Resource =>
  resource.at ? { ...resource, at: from(folder, resource.at) } : resource;

const from = (folder: string, at: string): string =>
  at.startsWith(`${folder}/`) ? at.slice(folder.length + 1) : relative(folder, at);

const noDefault = (file: string, names: readonly string[]): ProblemParts => ({
  what: `${file} has no default export`,
  where: `${file}:1:1`,
  why: `the system is what the file exports by default${names.length > 0 ? `; it exports only ${names.join(', ')}` : ''}`,
  fix: "write export default system('shop', env => { … })",
});

const noSystem = (file: string, found: unknown): ProblemParts => ({
  what: `the default export of ${file} is ${spell(found)}, not a system`,
  where: `${file}:1:1`,
  why: 'what is planned and released is what system() returns',
  fix: "write export default system('shop', env => { … }), and not the callback or a promise of it",
});
