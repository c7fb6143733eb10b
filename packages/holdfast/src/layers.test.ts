import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { type Layer, layers } from './layers.ts';

const root = import.meta.dirname;
const apart = new Set(['layers.ts', 'layers.test.ts']);

/** The layer that a file of `src/` is in, and which of the layer's rooms where each subfolder is one. */
function home(file: string): { layer: Layer; room: string } | undefined {
  const layer = layers.find(({ place }) => file === place || file.startsWith(`${place.replace('/*', '')}/`));
  if (!layer) return undefined;
  return { layer, room: layer.place.endsWith('/*') ? file.split('/').slice(0, 2).join('/') : layer.place };
}

/** Every module that a source text names: import, export from, import(). */
function imports(file: string, source: string): string[] {
  const { module } = parseSync(file, source);
  const fixed = [...module.staticImports, ...module.staticExports.flatMap(statement => statement.entries)].flatMap(
    entry => entry.moduleRequest?.value ?? [],
  );
  const late = module.dynamicImports.map(({ moduleRequest: at }) => source.slice(at.start, at.end));
  return [...new Set([...fixed, ...late.filter(text => /^['"]/.test(text)).map(text => text.slice(1, -1))])];
}

/** Why an import may not be; undefined when it may. */
function refusal(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const target = normalize(join(dirname(file), specifier));
  const [from, to] = [home(file), home(target)];
  if (!from) return `${file}: stands in no layer. Give it a home that src/layers.ts names`;
  if (!to) return `${file} imports ${target}, which stands in no layer`;
  if (from.room === to.room || from.layer.mayImport.includes(to.layer.place)) return undefined;
  const allowed = from.layer.mayImport.join(', ') || 'nothing';
  return `${file} imports ${target}. ${from.room} (${from.layer.holds}) may import ${allowed}`;
}

const sources: string[] = [];
for await (const file of glob('**/*.ts', { cwd: root })) if (!apart.has(file)) sources.push(file);

describe('layers', () => {
  test('every import runs the way of the flow', () => {
    const refused = sources.flatMap(file =>
      imports(file, readFileSync(join(root, file), 'utf8')).flatMap(specifier => refusal(file, specifier) ?? []),
    );
    expect(refused).toEqual([]);
  });

  test.each([
    ['an engine that knows a provider', 'engine/plan.ts', '../providers/docker/network.ts'],
    ['a provider that knows another', 'providers/docker/network.ts', '../caddy/router.ts'],
    ['a model that knows the journal', 'model/service.ts', '../journal/fact.ts'],
    ['a stray folder', 'utils/strings.ts', '../kit/id.ts'],
    ['a way round by the root', 'kit/id.ts', '../../src/model/address.ts'],
  ])('%s is refused', (_, file, specifier) => {
    expect(refusal(file, specifier)).toContain(file);
  });

  test('an import is found in each of its forms', () => {
    const source = `import a from './a.ts'; import type { B } from './b.ts'; export { c } from './c.ts'; export * from './d.ts'; await import('./e.ts');`;
    expect(imports('x.ts', source)).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts']);
  });

  test('the order of the rows is the order of the flow', () => {
    const places = layers.map(layer => layer.place);
    for (const [row, layer] of layers.entries())
      for (const below of layer.mayImport) expect(places.indexOf(below), `${layer.place} → ${below}`).toBeLessThan(row);
  });
});
