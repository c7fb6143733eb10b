import { ownFolder, shelf } from './keeper.ts';

/** What a container runtime mounts over files of the same name. */
export const overlaid = ['/etc/hosts', '/etc/hostname', '/etc/resolv.conf'];

/** What a container runtime itself puts there, and what is for the moment only. */
const notOurs = [ownFolder, '/dev', '/proc', '/sys', '/tmp', '/.dockerenv', ...overlaid];

const find = `find . -xdev -mindepth 1 \\( ${notOurs.map(path => `-path .${path}`).join(' -o ')} \\) -prune -o`;

/**
 * Lists what is there. What is written in the tick of the clock in which the list was made would look as old as the
 * list: the longest ticks are 10 ms.
 */
export const before = `cd / && ${find} -print0 >${shelf}/before && : >${shelf}/marker && sleep 0.02`;

/**
 * Ends all that still runs, and writes one archive: the list of before, the list of after, and all whose status changed
 * in between.
 */
export const after = `
kill -KILL -1 2>/dev/null
cd / && ${find} -print0 >${shelf}/after && ${find} -cnewer ${shelf}/marker -print0 >${shelf}/changed &&
exec tar --create --file=- --format=pax --pax-option=delete=atime,delete=ctime,delete=mtime --numeric-owner \\
  --no-recursion --xattrs --xattrs-include=security.capability \\
  .${shelf}/before .${shelf}/after --null --files-from=.${shelf}/changed
`;
