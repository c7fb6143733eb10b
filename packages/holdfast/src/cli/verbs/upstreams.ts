import { type BakedFact, contactsOf, declaredUpstreams, unrecorded } from '../../bake/upstreams/contacts.ts';
import { upstreamTable } from '../../bake/upstreams/upstreams.ts';
import { exitCode } from '../../kit/problem.ts';
import { address } from '../../model/address.ts';
import type { Known } from '../../model/resource.ts';
import type { RecipeSpec } from '../../model/spec/recipe.ts';
import { resourcesOf } from '../../model/system-model.ts';
import { printJson, type Verb } from '../call.ts';
import { amongImages, type Collection } from '../images/collection.ts';
import type { UpstreamsOutput } from '../output/image/upstreams.ts';
import { upstreamLines } from '../show/upstreams.ts';

/** Which hosts baking, deploying and starting rest on, and what each can promise at best. */
export const upstreams: Verb = call =>
  amongImages(call, async images => {
    const output = await toOutput(images);
    if (call.options.json) printJson(call, output);
    else call.out.print(upstreamLines(output, call.out.palette, call.out.width));
    return exitCode.kept;
  });

async function toOutput(images: Collection): Promise<UpstreamsOutput> {
  const { model } = images;
  const recipes = resourcesOf(model, 'image').filter(({ spec }) => spec.source.from === 'recipe');
  const bakes = await Promise.all(resourcesOf(model, 'image').map(image => lastBake(image, images)));
  const baked = bakes.filter(bake => bake !== undefined);
  const isOf = (name: string) => (one: BakedFact) => one.image === address('image', name);
  const names = recipes.map(({ name }) => name);
  return {
    phases: upstreamTable(contactsOf(model, baked), declaredUpstreams(model)),
    unrecorded: unrecorded(model),
    unbaked: names.filter(name => !baked.some(isOf(name))),
    fromCache: names.filter(name => baked.find(isOf(name))?.contacted.length === 0),
  };
}

/** A bake that found all in the store contacted nobody; what the image rests on is told by one that did. */
async function lastBake(image: Known<'image'>, { facts, contacted }: Collection): Promise<BakedFact | undefined> {
  const { name, spec } = image;
  const bakes = facts.filter(fact => fact.kind === 'image.baked' && fact.name === name);
  const told = bakes.find(bake => bake.contacted.length > 0) ?? bakes[0];
  if (!told) return undefined;
  const isTold = told.contacted.length > 0 || spec.source.from !== 'recipe';
  return {
    image: address('image', name),
    inputs: told.inputs,
    contacted: isTold ? told.contacted : await contacted(spec.source as RecipeSpec),
  };
}
