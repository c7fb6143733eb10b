import { isThe, type TextPattern } from './pattern.ts';

/** Whether a version is the wanted one or begins with it: `15` is `15.14` as well, and `1` is not `15`. */
export function isVersion(version: string, wanted: TextPattern): boolean {
  if (isThe(wanted, version)) return true;
  if (typeof wanted !== 'string') return false;
  const withoutEpoch = version.replace(/^\d+:/, '');
  return [version, withoutEpoch].some(
    one => one === wanted || (one.startsWith(wanted) && /^[^a-z0-9]/i.test(one.slice(wanted.length))),
  );
}
