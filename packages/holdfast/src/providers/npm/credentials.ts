import { Secret } from '../../kit/secret.ts';
import type { Settings } from './npmrc.ts';

/** Headers that sign in at a URL, and the key under which `.npmrc` has, or would have, what for. */
export type Credentials = (url: string) => { readonly headers: Readonly<Record<string, string>>; readonly key: string };

/** npm keeps credentials for a host and a path: `//registry.example/team/:_authToken`. The longest path counts. */
export function credentialsIn(settings: Settings): Credentials {
  const known = new Map([...settings.keys()].flatMap(key => entryOf(key, settings)));
  return url => {
    const places = placesOf(url);
    const place = places.find(one => known.has(one));
    const authorization = place && known.get(place)?.reveal();
    return { headers: authorization ? { authorization } : {}, key: place ?? places[0] ?? '' };
  };
}

function entryOf(key: string, settings: Settings): readonly (readonly [string, Secret])[] {
  const place = /^(\/\/.*?):(?:_authToken|_auth|username)$/.exec(key)?.[1];
  const header = place && headerOf((name: string) => settings.get(`${place}:${name}`)?.[0]);
  return place && header ? [[place.replace(/\/?$/, '/'), new Secret(header)]] : [];
}

function headerOf(setting: (name: string) => string | undefined): string | undefined {
  const [token, auth, user, password] = ['_authToken', '_auth', 'username', '_password'].map(setting);
  if (token) return `Bearer ${token}`;
  if (auth) return `Basic ${auth}`;
  // The password alone is in base64, by npm's own convention.
  if (!user || !password) return undefined;
  return `Basic ${Buffer.from(`${user}:${Buffer.from(password, 'base64')}`).toString('base64')}`;
}

/** `//host/a/b/`, `//host/a/`, `//host/` of `https://host/a/b/c`. */
function placesOf(url: string): readonly string[] {
  const { host, pathname } = new URL(url);
  const folders = pathname.split('/').slice(1, -1);
  return Array.from(
    { length: folders.length + 1 },
    (_, less) => `//${[host, ...folders.slice(0, folders.length - less)].join('/')}/`,
  );
}
