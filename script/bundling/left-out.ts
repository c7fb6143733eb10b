import type { Plugin } from 'rolldown';

/** A module of a dependency that another one stands in for. */
interface StandIn {
  readonly wanted: RegExp;
  /** Who asks for it. */
  readonly by: RegExp;
  /** CommonJS. */
  readonly code: string;
}

const absent = 'throw new Error("it is left out of the bundle");';

const standIns: readonly StandIn[] = [
  // Compiled for one machine; it does without where that is missing.
  { wanted: /^pg-native$/, by: /\/pg\//, code: absent },
  // BuildKit's sessions need gRPC, which is large; images are built without them.
  { wanted: /^\.\/session$/, by: /\/dockerode\/lib\//, code: `module.exports = () => { ${absent} };` },
  { wanted: /^\.\/buildkit$/, by: /\/dockerode\/lib\//, code: absent },
  // Engines are spoken to over a socket or TCP; what speaks SSH is large, and part of it is compiled.
  { wanted: /^\.\/ssh$/, by: /\/docker-modem\/lib\/modem\.js$/, code: `module.exports = () => { ${absent} };` },
];

const prefix = '\0stand-in:';

/** Keeps out of the bundle what can't be in it, or is never reached. */
export const leftOut: Plugin = {
  name: 'left-out',
  resolveId: {
    order: 'pre',
    filter: { id: standIns.map(({ wanted }) => wanted) },
    handler(id, importer = '') {
      const at = standIns.findIndex(({ wanted, by }) => wanted.test(id) && by.test(importer));
      return at < 0 ? undefined : `${prefix}${at}.cjs`;
    },
  },
  load: {
    filter: { id: /^\0stand-in:/ },
    handler: id => standIns[Number.parseInt(id.slice(prefix.length), 10)]?.code,
  },
};
