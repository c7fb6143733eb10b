import { extname } from 'node:path';

/**
 * The URL of a module of ours that is loaded by its address, as a thread's is. `from` is the `import.meta.url` of one in
 * the same folder. In the bundle all such modules are beside each other, under their own names.
 */
export const ownModule = (from: string, name: string): URL => new URL(`./${name}${extname(from)}`, from);

const folder = new URL('./', import.meta.url).href;

/** The folder of the bundle, as a URL; undefined where each module is a file of its own. */
const bundleFolder: string | undefined = folder.endsWith('/dist/bundle/') ? folder : undefined;

/** Whether a file (a path or a URL) is of the bundle, where our code and that of packages can't be told apart. */
export const isBundled = (file: string): boolean =>
  bundleFolder !== undefined && (file.startsWith(bundleFolder) || `file://${file}`.startsWith(bundleFolder));
