import { resolve } from 'node:path';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { ImageOutlet } from '../../ports/image-outlet.ts';
import type { DockerHost } from '../../providers/docker/index.ts';

/** Where `--to` says that baked images go. */
export type Destination =
  | { readonly kind: 'oci'; readonly folder: string }
  | { readonly kind: 'registry'; readonly host: string; readonly path: string }
  | { readonly kind: 'engine'; readonly repository: string };

/** Throws a Problem for what is no destination. Paths are relative to the working directory. */
export function destinationOf(text: string, cwd: string): Destination {
  const [, kind, place = ''] = /^(oci|registry|engine):(.+)$/.exec(text) ?? [];
  if (kind === 'oci') return { kind, folder: resolve(cwd, place) };
  if (kind === 'engine') return { kind, repository: repositoryIn(place, text) };
  const [host = '', ...path] = place.replace(/\/+$/, '').split('/');
  if (kind === 'registry' && host !== '') return { kind, host, path: path.join('/') };
  throw noDestination(text);
}

/** As the engine takes a name: small letters, digits, and between them dots, dashes, underlines and slashes. */
function repositoryIn(place: string, text: string): string {
  if (/^[a-z0-9]+([._:/-]+[a-z0-9]+)*$/.test(place)) return place;
  throw noDestination(text);
}

/** Puts images of these names where the destination is; each put returns what names the image there. */
export type Outlet = (
  name: string,
) => Promise<{ readonly outlet: ImageOutlet; readonly tag: (digest: string) => string }>;

const twelve = (digest: string): string => digest.slice('sha256:'.length, 'sha256:'.length + 12);

export function outletOf(to: Destination, hosts: readonly DockerHost[]): Outlet {
  if (to.kind === 'engine')
    return async name => ({ outlet: engineOutlet(`${to.repository}/${name}`, hosts), tag: twelve });
  if (to.kind === 'oci') {
    return async name => {
      const { ociLayout } = await import('../../providers/oci/layout/layout.ts');
      return { outlet: ociLayout(to.folder), tag: () => name };
    };
  }
  return async name => {
    const { ociRegistry } = await import('../../providers/oci/registry/registry.ts');
    const repository = [to.path, name].filter(Boolean).join('/');
    return { outlet: ociRegistry({ host: to.host, repository }), tag: twelve };
  };
}

/** Every engine of the environment gets it, under one name. */
const engineOutlet = (repository: string, hosts: readonly DockerHost[]): ImageOutlet => ({
  async put(image, tag, signal) {
    const { loadImage } = await import('../../providers/docker/index.ts');
    const name = `${repository}:${tag}`;
    for (const host of hosts) await loadImage(host, image, [name], signal);
    return name;
  },
});

const noDestination = (text: string): Problem =>
  new Problem({
    what: `--to can't go to '${text}'`,
    why: 'images go to a folder in OCI’s layout, to a registry, or to the engines of the environment',
    fix: 'write it as in --to oci:./images, --to registry:registry.example:5000/team, --to engine:team',
    exit: exitCode.wrongUse,
  });
