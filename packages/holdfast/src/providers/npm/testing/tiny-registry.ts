import { hash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Published {
  readonly deprecated?: string;
  /** Where the tarball is; left out: where npm's own registry has it. */
  readonly at?: string;
  /** As of packages that are older than SHA-512 in npm. */
  readonly onlySha1?: boolean;
}

/** `left-pad` → `1.3.0` → … */
export type Shelf = Readonly<Record<string, Readonly<Record<string, Published>>>>;

/** A registry on this machine, with one file for a tarball. It wants the token where one is given. */
export async function openTinyNpmRegistry(shelf: Shelf, token?: string) {
  const asked: { readonly url: string; readonly accept: string | undefined }[] = [];
  const server = createServer(({ url = '', headers }, response) => {
    asked.push({ url, accept: headers.accept });
    if (token && headers.authorization !== token) return void response.writeHead(401).end();
    const body = tarballs(shelf).get(url) ?? packument(shelf, `http://${host}`, url);
    response.writeHead(body ? 200 : 404).end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}/npm`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** What stands in for the tarball. */
export const contentOf = (name: string, version: string): string => `the tarball of ${name} ${version}`;

export const integrityOf = (name: string, version: string, algorithm = 'sha512'): string =>
  `${algorithm}-${hash(algorithm, contentOf(name, version), 'base64')}`;

const pathOf = (name: string, version: string, { at }: Published): string =>
  at ?? `/npm/${name}/-/${name.split('/').at(-1)}-${version}.tgz`;

const tarballs = (shelf: Shelf): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(shelf).flatMap(([name, versions]) =>
      Object.entries(versions).map(([version, one]) => [pathOf(name, version, one), contentOf(name, version)] as const),
    ),
  );

function packument(shelf: Shelf, origin: string, url: string): string | undefined {
  const name = decodeURIComponent(url.replace('/npm/', ''));
  const versions = shelf[name];
  if (!versions) return undefined;
  const told = Object.entries(versions).map(([version, one]) => {
    const shasum = hash('sha1', contentOf(name, version));
    const dist = {
      tarball: `${origin}${pathOf(name, version, one)}`,
      shasum,
      ...(!one.onlySha1 && { integrity: integrityOf(name, version) }),
    };
    return [version, { name, version, dist, ...(one.deprecated && { deprecated: one.deprecated }) }];
  });
  return JSON.stringify({ name, versions: Object.fromEntries(told) });
}
