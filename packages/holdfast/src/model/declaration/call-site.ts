import { isBundled } from '../../kit/own-module.ts';

/** A function whose callers are asked for. */
export type Callee = (...args: never[]) => unknown;

const here = import.meta.url;
const parts = new URL('../../parts/', here).href;

/**
 * `file:line:column` of the line of the user's that led to the call: the first one above `callee` that is neither
 * Node's, nor a package's, nor of a composite of ours.
 */
export function callSite(callee: Callee): string {
  return find(frames(callee, 6)) ?? find(frames(callee, 60)) ?? outermost(frames(callee, 1));
}

function frames(callee: Callee, limit: number): readonly NodeJS.CallSite[] {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = limit;
  Error.prepareStackTrace = (_, sites) => sites;
  try {
    const holder: { stack?: readonly NodeJS.CallSite[] } = {};
    Error.captureStackTrace(holder, callee);
    return holder.stack ?? [];
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  }
}

function find(sites: readonly NodeJS.CallSite[]): string | undefined {
  const site = sites.find(isOfTheUser);
  return site && spell(site);
}

const outermost = (sites: readonly NodeJS.CallSite[]): string => (sites[0] ? spell(sites[0]) : 'an unknown place');

function isOfTheUser(site: NodeJS.CallSite): boolean {
  const file = site.getFileName();
  return !!file && isUserFile(file) && file !== here && !file.startsWith(parts);
}

/** Whether a file (a path or a URL) is neither Node's nor a package's, nor ours in the bundle. */
export const isUserFile = (file: string): boolean =>
  !file.startsWith('node:') &&
  !file.includes('/node_modules/') &&
  !isBundled(file) &&
  (file.startsWith('file:') || file.startsWith('/'));

const spell = (site: NodeJS.CallSite): string =>
  `${pathOf(site.getFileName() ?? '')}:${site.getLineNumber()}:${site.getColumnNumber()}`;

/** `fileURLToPath` costs more than the whole capture; only what is escaped needs decoding. */
const pathOf = (file: string): string => {
  const path = file.startsWith('file://') ? file.slice('file://'.length) : file;
  return path.includes('%') ? decodeURIComponent(path) : path;
};
