import { nearest } from '../../kit/nearest.ts';
import { type ProblemParts, Problems } from '../../kit/problem.ts';
import { callSite } from '../declaration/call-site.ts';
import { wrongName } from '../declaration/label.ts';
import { problemsOf } from '../declaration/rule.ts';
import { spell } from '../declaration/spell.ts';
import { wrong } from '../declaration/wrong.ts';
import { problemsBetween } from './between.ts';
import { engineSchema, isEngine, optionsOf } from './engine-place.ts';
import {
  declaredIn,
  type Environment,
  type EnvironmentDeclaration,
  type EnvironmentOptions,
  environmentSchema,
  isEnvironment,
} from './environment.ts';
import { resolved } from './resolve.ts';

/** What `holdfast.config.ts` says: the environments in their order, and the providers of third parties. */
export interface Config<P = unknown> {
  readonly environments: readonly Environment[];
  /** By kind of resource. */
  readonly providers: Readonly<Record<string, P>>;
}

export interface ConfigOptions<P = unknown> {
  readonly environments: Readonly<Record<string, EnvironmentDeclaration>>;
  readonly providers?: Readonly<Record<string, P>>;
}

/** An environment that was declared under a name, and where. */
export interface Named {
  readonly name: string;
  readonly options: EnvironmentOptions;
  readonly at: string;
}

/** What is used where there is no holdfast.config.ts: this machine alone. */
export const defaultConfig = (): Config => ({
  environments: resolved([{ name: 'local', options: {}, at: '' }]),
  providers: {},
});

/** Checks and resolves a configuration. Throws {@link Problems} with all that is wrong. */
export function configOf<P>(options: ConfigOptions<P>, callee: (...args: never[]) => unknown): Config<P> {
  const at = callSite(callee);
  const shape = wrongShape(options).map(problem => ({ where: at, ...problem }));
  if (shape.length > 0) throw asProblems(shape);
  const named = Object.entries(options.environments).flatMap(([name, given]) => namedBy(name, given));
  const problems = [...notEnvironments(options.environments, at), ...named.flatMap(problemsOfOne)];
  const between = problems.length === 0 ? problemsBetween(named) : [];
  if (problems.length + between.length > 0) throw asProblems([...problems, ...between]);
  return { environments: resolved(named), providers: options.providers ?? {} };
}

const asProblems = (problems: readonly ProblemParts[]): Problems =>
  new Problems(problems.map(wrong), 'holdfast.config.ts is not right');

const known = ['environments', 'providers'];

function wrongShape(options: unknown): readonly ProblemParts[] {
  if (typeof options !== 'object' || options === null) return [noOptions(options)];
  const { environments, providers = {} } = options as { environments?: unknown; providers?: unknown };
  return [
    ...Object.keys(options)
      .filter(key => !known.includes(key))
      .map(unknownKey),
    ...(isFilled(environments) ? [] : [noEnvironments(environments)]),
    ...wrongProviders(providers),
  ];
}

const isFilled = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

const namedBy = (name: string, given: unknown): readonly Named[] =>
  isEnvironment(given) ? [{ name, ...declaredIn(given) }] : [];

const notEnvironments = (given: ConfigOptions['environments'], at: string): readonly ProblemParts[] =>
  Object.entries(given)
    .filter(([, value]) => !isEnvironment(value))
    .map(([name, value]) => ({
      what: `environments.${name} is ${spell(value)}, not an environment`,
      where: at,
      why: 'an environment says where the system lives: its engines, domain, subnets and ports',
      fix: `write ${name}: environment({ engine: engine.local() })`,
    }));

function problemsOfOne({ name, options, at }: Named): readonly ProblemParts[] {
  const subject = `environment "${name}"`;
  const named = wrongName('environment', name);
  const engines = options?.engine ? { default: options.engine } : (options?.engines ?? {});
  const places = Object.entries(engines)
    .filter(([, one]) => isEngine(one))
    .flatMap(([key, one]) => problemsOf(engineSchema, optionsOf(one), `${subject} → engine "${key}"`));
  const problems = [...(named ? [named] : []), ...problemsOf(environmentSchema, options, subject), ...places];
  return [...problems, ...wrongEngines(subject, options)].map(problem => ({ where: at, ...problem }));
}

function wrongEngines(subject: string, options: EnvironmentOptions | undefined): readonly ProblemParts[] {
  if (options?.engine && options.engines)
    return [
      {
        what: `${subject} has both engine and engines`,
        why: 'two lists of the same thing can contradict each other',
        fix: 'keep one: engines: { default: engine.local(), … }',
      },
    ];
  if (!options?.engines || 'default' in options.engines) return [];
  return [
    {
      what: `${subject} → engines has no "default"`,
      why: 'a resource that names no engine lives on the default one',
      fix: 'call one of them default: engines: { default: engine.local(), … }',
    },
  ];
}

const noOptions = (given: unknown): ProblemParts => ({
  what: `defineConfig was given ${spell(given)}`,
  why: 'a configuration says which environments there are',
  fix: 'write it as in defineConfig({ environments: { local: environment({ engine: engine.local() }) } })',
});

const noEnvironments = (given: unknown): ProblemParts => ({
  what: given === undefined ? 'environments is missing' : `environments is ${spell(given)}, with no environment in it`,
  why: 'with no environment, there is nowhere that the system could live',
  fix: 'write environments: { local: environment({ engine: engine.local() }) }',
});

function unknownKey(key: string): ProblemParts {
  const meant = nearest(key, known);
  return {
    what: `${key} is not known to defineConfig`,
    why: `a misspelt key would otherwise be silently without effect; known are ${known.join(' and ')}`,
    fix: meant
      ? `did you mean \`${meant}\`?`
      : `remove \`${key}\`; what belongs to one environment stands in environment({ … })`,
  };
}

function wrongProviders(given: unknown): readonly ProblemParts[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return [noProviders('providers', given)];
  return Object.entries(given)
    .filter(([, provider]) => typeof provider !== 'function')
    .map(([kind, provider]) => noProviders(`providers.${kind}`, provider));
}

const noProviders = (key: string, given: unknown): ProblemParts => ({
  what: `${key} is ${spell(given)}, not ${key === 'providers' ? 'an object of the form { kind: place => provider }' : 'a function that makes a provider'}`,
  why: 'each engine gets a provider of its own for the kind',
  fix: "write providers: { 'dns-record': place => dnsRecords(place) }",
});
