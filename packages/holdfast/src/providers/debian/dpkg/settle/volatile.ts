/** Left by maintainer scripts, and other each time or of no use in an image. Paths without a slash at the beginning. */
const dropped: readonly RegExp[] = [
  /^var\/lib\/dpkg\/(status|available|diversions|statoverride)-old$/,
  /^var\/lib\/dpkg\/(lock|lock-frontend|triggers\/Lock)$/,
  /^var\/lib\/dpkg\/updates\//,
  /^var\/cache\/debconf\/.*-old$/,
  /^var\/cache\/ldconfig\//,
  /^var\/cache\/apt\//,
  /^var\/cache\/man\/.+/,
  /^var\/cache\/fontconfig\/.+/,
  /^var\/lib\/systemd\/random-seed$/,
  /^var\/lib\/urandom\//,
  /^var\/lib\/ucf\/(hashfile|registry)\.\d+$/,
  /^etc\/(passwd|group|shadow|gshadow|subuid|subgid)-$/,
  /^etc\/\.pwd\.lock$/,
  /^root\/\.(rnd|cache)(\/|$)/,
  /(^|\/)__pycache__(\/|$)/,
];

/** Folders that are empty when a container starts, or hold what was told while baking. Their directories stay. */
const emptied = /^(run|tmp|var\/tmp|var\/log)\/./;

/** Whether to leave out a file that the configuration made. Empty logs stay: their owners are those of the services. */
export const isVolatile = (path: string, type: string, size: number): boolean =>
  dropped.some(pattern => pattern.test(path)) ||
  (type !== 'directory' && emptied.test(path) && !(path.startsWith('var/log/') && type === 'file' && size === 0));

interface PerInstance {
  readonly path: RegExp;
  /** What a container does at its first start to have its own. */
  readonly remade: string;
  /** What people are told of, where that is a folder in place of each path. */
  readonly all?: string;
}

/** What would be shared by all instances of an image, and must not be. */
const perInstance: readonly PerInstance[] = [
  { path: /^etc\/ssh\/ssh_host_[a-z0-9]+_key(\.pub)?$/, remade: 'ssh-keygen -A' },
  {
    path: /^etc\/ssl\/(certs\/ssl-cert-snakeoil\.pem|private\/ssl-cert-snakeoil\.key)$/,
    remade: 'make-ssl-cert generate-default-snakeoil',
  },
  { path: /^(etc|var\/lib\/dbus)\/machine-id$/, remade: 'systemd-machine-id-setup, or dbus-uuidgen --ensure' },
  { path: /^var\/lib\/mysql\/./, remade: 'mariadb-install-db --user=mysql', all: 'var/lib/mysql' },
];

/** Of what stands at a path and must not be shared: the command that makes it anew; undefined for all else. */
export function remadeBy(path: string): { readonly remade: string; readonly told: string } | undefined {
  const found = perInstance.find(one => one.path.test(path));
  return found && { remade: found.remade, told: found.all ?? path };
}
