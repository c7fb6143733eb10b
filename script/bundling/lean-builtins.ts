import type { Plugin } from 'rolldown';

/**
 * Exports of Node's modules that are getters and load much. At an import Node reads every export that a module has: with
 * those of `http` comes all of `fetch`, which is as much again as a start takes.
 */
const heavy: Readonly<Record<string, readonly string[]>> = {
  'node:http': ['WebSocket', 'CloseEvent', 'MessageEvent'],
  'node:crypto': ['webcrypto', 'subtle', 'getRandomValues', 'fips'],
};

const prefix = '\0lean:';

/** Has modules of ours get these modules from Node without an import. */
export const leanBuiltins: Plugin = {
  name: 'lean-builtins',
  resolveId: {
    order: 'pre',
    filter: { id: Object.keys(heavy).map(name => new RegExp(`^${name}$`)) },
    handler: (id, importer = '', { kind }) =>
      kind === 'import-statement' && !importer.includes('/node_modules/') ? `${prefix}${id}` : undefined,
  },
  load: {
    filter: { id: /^\0lean:/ },
    handler: id => moduleOf(id.slice(prefix.length)),
  },
};

function moduleOf(name: string): string {
  const known = Object.keys(process.getBuiltinModule(name) ?? {});
  const light = known.filter(one => !heavy[name]?.includes(one) && /^[a-z]\w*$/i.test(one) && one !== 'default');
  return [
    `const all = process.getBuiltinModule('${name}');`,
    'export default all;',
    ...light.map(one => `export const ${one} = /* @__PURE__ */ (() => all.${one})();`),
  ].join('\n');
}
