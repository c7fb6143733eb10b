/** Where the lists are kept while the work is done: a file system in memory that nobody is told of. */
export const shelf = '/.holdfast';

/** What a container runtime itself puts there, and what is for the moment only. */
const notOurs = [
  shelf,
  '/dev',
  '/proc',
  '/sys',
  '/tmp',
  '/etc/hosts',
  '/etc/hostname',
  '/etc/resolv.conf',
  '/.dockerenv',
];

const find = `find . -xdev -mindepth 1 \\( ${notOurs.map(path => `-path .${path}`).join(' -o ')} \\) -prune -o`;

export const words = { ready: 'holdfast: ready', done: 'holdfast: done' } as const;

/**
 * What keeps the container up. It lists what is there, waits for a word, and writes one archive: the list of before, the
 * list of after, and all whose status changed in between. Without a word its input ends when we do, and so does it.
 */
export const script = `
cd / && umask 022
${find} -print0 >${shelf}/before && : >${shelf}/marker && echo '${words.ready}' >&2
read -r word || exit 1
kill -KILL -1 2>/dev/null
${find} -print0 >${shelf}/after
${find} -cnewer ${shelf}/marker -print0 >${shelf}/changed
tar --create --file=- --format=pax --pax-option=delete=atime,delete=ctime,delete=mtime --numeric-owner --no-recursion \\
  --xattrs --xattrs-include=security.capability .${shelf}/before .${shelf}/after --null --files-from=.${shelf}/changed \\
  && echo '${words.done}' >&2
`;
