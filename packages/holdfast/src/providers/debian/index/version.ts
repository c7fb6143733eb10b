/** Compares two versions of a package (deb-version(7)): below, at or above 0. */
export function compareVersions(a: string, b: string): number {
  const [one, two] = [parts(a), parts(b)];
  return one.epoch - two.epoch || compare(one.upstream, two.upstream) || compare(one.revision, two.revision);
}

function parts(version: string) {
  const [, epoch = '0', upstream = '', revision = '0'] = /^(?:(\d+):)?(.*?)(?:-([^-]*))?$/.exec(version) ?? [];
  return { epoch: Number(epoch), upstream, revision };
}

function compare(a: string, b: string): number {
  const [ones, twos] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  return ones.length - twos.length || a.localeCompare(b);
}
