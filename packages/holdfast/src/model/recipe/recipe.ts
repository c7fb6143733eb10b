import * as z from 'zod/mini';
import type { Call } from '../declaration/call.ts';
import { isHandleOf } from '../declaration/handle.ts';
import { rule } from '../declaration/rule.ts';
import type { ImageHandle, RecipeImage } from '../image.ts';
import { absolutePath, command, portNumber } from '../rules.ts';
import type { ImageSpec } from '../spec/image-spec.ts';
import type { ImageConfig, RecipeSpec, StepSpec } from '../spec/recipe.ts';
import { type Base, isBase, specOfBase } from './debian.ts';
import { owner } from './rules.ts';
import { isStep, type Step, specOfStep } from './steps.ts';

const base = rule<Base | ImageHandle>(
  {
    is: 'what debian(…) returned, or an image that is made by a recipe',
    why: 'an image begins with packages that holdfast.lock holds',
    fix: "write base: debian('bookworm')",
  },
  value => isBase(value) || isHandleOf('image')(value),
);

const step = rule<Step>(
  {
    is: 'a step of a recipe',
    why: 'each step is a layer, and says what it needs',
    fix: "write it as in nodejs('24'), packages(['nginx']), npm.ci('./app'), copy('./app', '/app'), run('…') or user('app')",
  },
  isStep,
);

const name = rule<string>(
  { is: 'the name of an environment variable', fix: "write it as in { NODE_ENV: 'production' }" },
  value => typeof value === 'string' && /^[A-Za-z_][A-Za-z0-9_]*$/.test(value),
);

const text = rule<string>(
  {
    is: 'a text',
    why: 'an image is the same wherever it runs; what differs belongs to the service',
    fix: 'spell it out, or move it to `env` of the service',
  },
  value => typeof value === 'string' && !value.includes('\0'),
);

const signal = rule<string>(
  { is: 'the name of a signal', fix: "write it as in 'SIGINT'" },
  value => typeof value === 'string' && /^SIG[A-Z0-9+]+$/.test(value),
);

/** The options of an image that is made by a recipe. */
export const recipe = {
  base,
  steps: z.optional(z.array(step)),
  user: z.optional(owner),
  env: z.optional(z.record(name, text)),
  entrypoint: z.optional(command),
  command: z.optional(command),
  workdir: z.optional(absolutePath),
  labels: z.optional(z.record(z.string(), text)),
  ports: z.optional(z.array(portNumber)),
  stopSignal: z.optional(signal),
};

const nothing: ImageConfig = { env: {}, labels: {}, ports: [] };

/** The whole recipe, with what it is built on. Undefined when that is no recipe, which is told. */
export function recipeOf(options: RecipeImage, call: Call): RecipeSpec | undefined {
  const below = belowOf(options.base, call);
  if (!below) return undefined;
  const own = (options.steps ?? []).map(specOfStep).flatMap(withLibraries);
  return { from: 'recipe', base: below.base, steps: [...below.steps, ...own], config: configOf(options, below.config) };
}

/** What Node.js is linked with, which no essential package brings. Where it is there already, nothing is added. */
const librariesOfNode: StepSpec = { do: 'packages', packages: ['libatomic1', 'libstdc++6'], exclude: [] };

const withLibraries = (step: StepSpec): readonly StepSpec[] =>
  step.do === 'nodejs' ? [librariesOfNode, step] : [step];

type Below = Omit<RecipeSpec, 'from'>;

function belowOf(given: Base | ImageHandle, call: Call): Below | undefined {
  if (isBase(given)) return { base: specOfBase(given), steps: [], config: nothing };
  const found = call.declaration.resources.find(one => one.kind === 'image' && one.name === given.name);
  const source = (found?.spec as ImageSpec | undefined)?.source;
  if (source?.from === 'recipe') return source;
  // What failed to be declared was told already.
  if (found) call.refuse(noRecipe(call.name, given.name));
  return undefined;
}

const noRecipe = (name: string, below: string) => ({
  what: `image "${name}" is built on image "${below}", which is not made by a recipe`,
  why: 'only of a recipe it is known which packages are in it',
  fix: `give image "${below}" a base: debian('bookworm', …), or build on it with a Dockerfile and its args`,
});

function configOf(options: RecipeImage, below: ImageConfig): ImageConfig {
  const { user = below.user, workdir = below.workdir, stopSignal = below.stopSignal } = options;
  // A new entrypoint makes the arguments below meaningless, as in a Dockerfile.
  const { entrypoint = below.entrypoint, command = options.entrypoint ? undefined : below.command } = options;
  return {
    env: { ...below.env, ...options.env },
    labels: { ...below.labels, ...options.labels },
    ports: [...new Set([...below.ports, ...(options.ports ?? [])])].sort((a, b) => a - b),
    ...(user !== undefined && { user }),
    ...(workdir !== undefined && { workdir }),
    ...(stopSignal !== undefined && { stopSignal }),
    ...(entrypoint && { entrypoint }),
    ...(command && { command }),
  };
}
