import { isBundled } from '../../kit/own-module.ts';
import type { Callee } from '../../model/declaration/call-site.ts';

/** Whose code called: the user's own, a package's, or Node's. */
export type Caller = 'user' | 'package' | 'node';

/** Who called `callee`. Native frames in between, as of `[].map`, have no file and are passed over. */
export function callerOf(callee: Callee): Caller {
  const file = filesAbove(callee).find(name => name !== null);
  if (!file || file.startsWith('node:')) return 'node';
  return file.includes('/node_modules/') || isBundled(file) ? 'package' : 'user';
}

/** The names of Node's own functions between the user's code and `callee`, the outermost first: `http.request`. */
export function viaNode(callee: Callee): string | undefined {
  const between = sitesAbove(callee);
  const end = between.findIndex(site => !(site.getFileName() ?? 'node:').startsWith('node:'));
  const entry = between[end - 1];
  const module = entry
    ?.getFileName()
    ?.replace(/^node:(_)?/, '')
    .replace(/_.*|\/.*/, '');
  return entry?.getFunctionName() ? `${module}.${entry.getFunctionName()?.replace(/^.*\./, '')}` : undefined;
}

const filesAbove = (callee: Callee): (string | null)[] => sitesAbove(callee).map(site => site.getFileName() || null);

function sitesAbove(callee: Callee): readonly NodeJS.CallSite[] {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (_, sites) => sites;
  try {
    const holder: { stack?: readonly NodeJS.CallSite[] } = {};
    Error.captureStackTrace(holder, callee);
    return holder.stack ?? [];
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
