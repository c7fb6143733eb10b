import type { LockedPackage } from '../../../ports/distribution.ts';
import type { LockedRecipe } from '../../recipe/locked-recipe.ts';
import { purl } from '../sbom/component.ts';
import type { ResourceDescriptor } from './statement.ts';

/** What an image was made of. */
export interface MadeOf {
  readonly packages: readonly LockedPackage[];
  /** Subresource Integrity, by `name@version`. */
  readonly tarballs: Readonly<Record<string, string>>;
  /** SHA-256 in hex, by path relative to `system.ts`. */
  readonly files: Readonly<Record<string, string>>;
}

/** What a recipe is made of, as the lock and the files say. */
export const madeOf = ({ steps }: Pick<LockedRecipe, 'steps'>): MadeOf => ({
  packages: steps.flatMap(step => (step.do === 'packages' ? step.install.packages : [])),
  tarballs: Object.fromEntries(
    steps
      .flatMap(step => ('tarballs' in step ? step.tarballs : []))
      .map(({ name, version, integrity }) => [`${name}@${version}`, integrity]),
  ),
  files: Object.fromEntries(
    steps.flatMap(step =>
      step.do === 'copy' || step.do === 'holdfast' ? step.files.map(({ path, content }) => [path, content]) : [],
    ),
  ),
});

/** Everything that went in, by digest; sorted. */
export const dependenciesOf = ({ packages, tarballs, files }: MadeOf): readonly ResourceDescriptor[] =>
  [
    ...packages.map(debianDependency),
    ...Object.entries(tarballs).map(([name, integrity]) => npmDependency(name, integrity)),
    ...Object.entries(files).map(([path, sha256]) => ({ uri: `file:${encodeURI(path)}`, digest: { sha256 } })),
  ].sort((a, b) => (a.uri < b.uri ? -1 : 1));

const debianDependency = ({ name, version, architecture, suite, path, sha256 }: LockedPackage) => ({
  uri: purl({ type: 'deb', namespace: 'debian', name, version, qualifiers: { arch: architecture } }),
  digest: { sha256 },
  annotations: { suite, path },
});

function npmDependency(key: string, integrity: string) {
  const at = key.lastIndexOf('@');
  const [, scope, name = key.slice(0, at)] = /^(@[^/]+)\/(.+)$/.exec(key.slice(0, at)) ?? [];
  const [algorithm = 'sha512', value = ''] = integrity.split(/-(.*)/s);
  return {
    uri: purl({ type: 'npm', ...(scope && { namespace: scope }), name, version: key.slice(at + 1) }),
    digest: { [algorithm]: Buffer.from(value, 'base64').toString('hex') },
  };
}
