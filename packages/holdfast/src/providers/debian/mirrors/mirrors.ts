import { exitCode, Problem } from '../../../kit/problem.ts';
import type { AptSource } from './apt-source.ts';
import { aptSources } from './apt-sources.ts';

/** Where to look for mirrors, the first that is given: a mirror, HOLDFAST_DEBIAN_MIRROR, the machine's apt sources. */
export interface MirrorChoice {
  /**
   * An http(s) URL at which `dists/` and `pool/` are. A suite and its updates are there; its security suite is at the
   * same URL with `-security` at the end: `…/debian` and `…/debian-security`.
   */
  readonly mirror?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Default: `/etc/apt`. */
  readonly aptFolder?: string;
}

/** By what a user names a mirror for all recipes. */
export const mirrorVariable = 'HOLDFAST_DEBIAN_MIRROR';

/**
 * The mirrors of a suite, without a slash at the end, the one to try first at the front. Never empty: throws a Problem
 * where nothing serves the suite.
 */
export async function mirrorsOf(suite: string, choice: MirrorChoice = {}): Promise<readonly string[]> {
  const { mirror, env = process.env, aptFolder = '/etc/apt' } = choice;
  if (mirror) return [at(mirror, suite, "the recipe's mirror")];
  const ofUser = env[mirrorVariable];
  if (ofUser) return [at(ofUser, suite, mirrorVariable)];
  const found = ofApt(await aptSources(aptFolder), suite);
  if (found.length === 0) throw unserved(suite, aptFolder);
  return found;
}

/** Where a file of a suite may be had, such as a .deb by its path in the lock. No index is read. */
export const urlsFor = async (suite: string, path: string, choice?: MirrorChoice): Promise<readonly string[]> =>
  (await mirrorsOf(suite, choice)).map(mirror => `${mirror}/${path}`);

/** A URL as a person may see it: without a name and a password. */
export const shown = (url: string): string => url.replace(/^(\w+:\/\/)[^/]*@/, '$1');

function at(mirror: string, suite: string, where: string): string {
  if (!isWeb(mirror) || !URL.canParse(mirror)) throw noUrl(mirror, where);
  const base = mirror.replace(/\/+$/, '');
  if (!suite.endsWith('-security')) return base;
  return new URL(base).pathname === '/' ? `${base}/debian-security` : `${base}-security`;
}

/**
 * Those whose suites name it. A third party's archive may name Debian's suites too: it is told by a key ring of its own,
 * comes last, and is refused in the end since Debian's keys have not signed its index.
 */
function ofApt(sources: readonly AptSource[], suite: string): readonly string[] {
  const serving = sources.filter(({ uri, suites }) => isWeb(uri) && suites.includes(suite));
  const [others, debians] = [serving.filter(isForeign), serving.filter(source => !isForeign(source))];
  return [...new Set([...debians, ...others].map(({ uri }) => uri.replace(/\/+$/, '')))];
}

const isForeign = ({ signedBy }: AptSource): boolean => signedBy !== '' && !/\bdebian-/.test(signedBy);

/** `cdrom:`, `file:`, `mirror+file:` and the like need apt's own means. */
const isWeb = (uri: string): boolean => /^https?:\/\//i.test(uri);

const remedy = `Give the recipe a mirror, as in debian('bookworm', { mirror: 'http://…/debian' }), or set ${mirrorVariable}`;

const unserved = (suite: string, aptFolder: string): Problem =>
  new Problem({
    what: `nothing says where ${suite} is to be had`,
    where: aptFolder,
    why: `the recipe names no mirror, ${mirrorVariable} is not set, and no http source of this machine's apt names ${suite}`,
    fix: remedy,
    exit: exitCode.unreachable,
  });

const noUrl = (mirror: string, where: string): Problem =>
  new Problem({
    what: `'${shown(mirror)}' is no mirror of Debian`,
    where,
    why: 'it is not an http or https URL',
    fix: remedy,
    exit: exitCode.wrongUse,
  });
