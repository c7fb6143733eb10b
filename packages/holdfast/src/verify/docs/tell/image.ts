import { addressOf, type Known } from '../../../model/resource.ts';
import type { StepSpec } from '../../../model/spec/recipe.ts';
import type { Line } from '../page/inline.ts';
import type { Term } from '../page/page.ts';
import type { Around } from './around.ts';

/** What an image is made of, and which of it runs. */
export function imageTerms(image: Known<'image'>, around: Around): readonly Term[] {
  const { source } = image.spec;
  return [
    ['Made of', [madeOf(image)]],
    ...(source.from === 'recipe' ? [['Steps', [source.steps.map(stepWords).join('; ') || 'none']] as const] : []),
    ['Runs now', digestLine(image, around)],
  ];
}

export function madeOf({ spec: { source } }: Known<'image'>): string {
  if (source.from === 'reference') return source.reference;
  if (source.from === 'archive') return `the archive ${source.path}`;
  if (source.from === 'dockerfile') return `${source.dockerfile} in ${source.context}`;
  const { suite, packages } = source.base;
  return `Debian ${suite}${packages.length > 0 ? ` with ${packages.join(', ')}` : ''}`;
}

/** In full: it is what a person compares. */
export function digestLine(image: Known<'image'>, { digests, seals }: Around): Line {
  const of = addressOf(image);
  const digest = digests.get(of);
  const seal = seals.get(of);
  if (digest === undefined) return ['nothing of it, as far as the journal tells'];
  if (!seal) return [{ code: digest }, ', which is not sealed'];
  return [{ code: digest }, ', sealed ', { time: seal.at }, ` with ${seal.checks} checks`];
}

const spellers: { readonly [D in StepSpec['do']]: (step: Extract<StepSpec, { do: D }>) => string } = {
  packages: ({ packages }) => `packages ${packages.join(', ')}`,
  nodejs: ({ version }) => `Node ${version}`,
  'npm-ci': ({ folder, to }) => `npm ci of ${folder} into ${to}`,
  copy: ({ from, to }) => `${from} copied to ${to}`,
  run: ({ command, network }) => `\`${command.join(' ')}\`${network ? ' with the network' : ''}`,
  user: ({ name, uid }) => `user ${name} (${uid})`,
};

const stepWords = (step: StepSpec): string => (spellers[step.do] as (step: StepSpec) => string)(step);
