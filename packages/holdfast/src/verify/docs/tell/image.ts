import { plural } from '../../../kit/layout.ts';
import { addressOf, type Known } from '../../../model/resource.ts';
import type { RecipeSpec, StepSpec } from '../../../model/spec/recipe.ts';
import type { Line } from '../page/inline.ts';
import type { Term } from '../page/page.ts';
import type { Around } from './around.ts';
import { short } from './reason.ts';

/** What an image is made of, and which of it runs. */
export function imageTerms(image: Known<'image'>, around: Around): readonly Term[] {
  const { source } = image.spec;
  return [
    ...(source.from === 'recipe' ? recipeTerms(source) : [['Made of', [madeOf(image)]] as const]),
    ['Released', digestLine(image, around)],
  ];
}

const recipeTerms = ({ base, steps }: RecipeSpec): readonly Term[] => [
  ['Begins with', [[`Debian ${base.suite}`, ...base.packages].join(', ')]],
  ['Then', [steps.map(stepWords).join('; ') || 'nothing']],
];

/** In a line: what software is in it. */
export function madeOf({ spec: { source } }: Known<'image'>): string {
  if (source.from === 'reference') return source.reference;
  if (source.from === 'archive') return `the archive ${source.path}`;
  if (source.from === 'dockerfile') return `${source.dockerfile} in ${source.context}`;
  const { suite, packages } = source.base;
  const software = source.steps.filter(step => step.do === 'packages' || step.do === 'nodejs' || step.do === 'npm-ci');
  return [`Debian ${suite}`, ...packages, ...software.map(stepWords)].join(', ');
}

/** What of it the last release has. `spell`: in full, it is what a person compares. */
export function digestLine(
  image: Known<'image'>,
  { digests, seals }: Around,
  spell = (digest: string) => digest,
): Line {
  const of = addressOf(image);
  const digest = digests.get(of);
  const seal = seals.get(of);
  if (digest === undefined) return ['no release yet'];
  if (digest.startsWith('inputs:')) return ['not baked here: known by what it is made of, ', { code: short(digest) }];
  if (!seal) return [{ code: spell(digest) }, ', which is not sealed'];
  return [{ code: spell(digest) }, ', sealed ', { time: seal.at }, ` with ${plural(seal.checks, 'check')}`];
}

const spellers: { readonly [D in StepSpec['do']]: (step: Extract<StepSpec, { do: D }>) => string } = {
  packages: ({ packages }) => packages.join(', '),
  nodejs: ({ version }) => `Node ${version}`,
  'npm-ci': ({ folder, to }) => `npm ci of ${folder} into ${to}`,
  copy: ({ from, to }) => `${from} copied to ${to}`,
  run: ({ command, network }) => `${command.join(' ')}${network ? ', with the network' : ''}`,
  holdfast: ({ to }) => `the command holdfast at ${to}`,
  user: ({ name, uid }) => `user ${name} (${uid})`,
};

const stepWords = (step: StepSpec): string => (spellers[step.do] as (step: StepSpec) => string)(step);
