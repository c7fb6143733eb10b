import type { Address } from '../../model/address.ts';
import { keyOf } from '../../model/assertion/notes.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { DerivedAssertion, DerivedCheck } from './derived.ts';
import type { ReleasedImages } from './released.ts';
import { type DeclaredImage, type DeclaredService, imagesIn, servicesIn } from './subjects.ts';
import { digestOfImage, digestOfService } from './themes/digest.ts';
import { environment } from './themes/environment.ts';
import { files } from './themes/files.ts';
import { health } from './themes/health.ts';
import { limits } from './themes/limits.ts';
import { mounts } from './themes/mounts.ts';
import { packages } from './themes/packages.ts';
import { ports } from './themes/ports.ts';
import { privileges } from './themes/privileges.ts';
import { nothingElse } from './themes/system.ts';
import { usersOfImage, usersOfService } from './themes/users.ts';

const ofServices: readonly ((service: DeclaredService) => readonly DerivedAssertion[])[] = [
  digestOfService,
  health,
  ports,
  usersOfService,
  privileges,
  limits,
  environment,
  files,
  mounts,
];

const ofImages: readonly ((image: DeclaredImage) => readonly DerivedAssertion[])[] = [
  digestOfImage,
  usersOfImage,
  packages,
  nothingElse,
];

/**
 * The checks that nobody has to write: what is declared must be so, and what is not declared must not be. What a check
 * of the system says already, or the opposite of it, stands as it is said there. Pure.
 */
export function derive(model: SystemModel, released: ReleasedImages = {}): readonly DerivedCheck[] {
  const said = saidIn(model);
  const all = [
    ...servicesIn(model, released).map(one => checkOf(`service/${one.name}`, ofServices, one)),
    ...imagesIn(model, released).map(one => checkOf(`image/${one.name}`, ofImages, one)),
  ];
  return all.map(check => without(check, said.get(check.spec.target))).filter(({ spec }) => spec.assertions.length > 0);
}

const checkOf = <T extends { readonly at?: string }>(
  target: Address,
  themes: readonly ((of: T) => readonly DerivedAssertion[])[],
  of: T,
): DerivedCheck => ({
  name: 'as declared',
  ...(of.at !== undefined && { at: of.at }),
  spec: { target, assertions: themes.flatMap(theme => theme(of)) },
  derived: true,
});

/** What the checks of each target say, by what tells it from other things. */
function saidIn(model: SystemModel): ReadonlyMap<Address, ReadonlySet<string>> {
  const byTarget = Map.groupBy(resourcesOf(model, 'check'), ({ spec }) => spec.target);
  const keys = [...byTarget].map(
    ([target, checks]) => [target, new Set(checks.flatMap(({ spec }) => spec.assertions).map(keyOf))] as const,
  );
  return new Map(keys);
}

const without = ({ spec, ...check }: DerivedCheck, said: ReadonlySet<string> = new Set()): DerivedCheck => ({
  ...check,
  spec: { ...spec, assertions: spec.assertions.filter(({ derivedFrom: _, ...one }) => !said.has(keyOf(one))) },
});
