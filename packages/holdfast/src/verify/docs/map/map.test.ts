import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memoryPages, validateXML } from 'xmllint-wasm';
import { text } from '../../report/testing/outcomes.ts';
import type { Graph } from './graph.ts';
import { linesOf, widthOf } from './label.ts';
import { type Box, drawingOf } from './layout.ts';
import { svgOf } from './svg.ts';

/** Each node needs some of those before it. */
const graphs = (most: number, names: fc.Arbitrary<string>): fc.Arbitrary<Graph> =>
  fc
    .array(fc.record({ name: names, needs: fc.array(fc.nat(most - 1), { maxLength: 3 }) }), {
      minLength: 1,
      maxLength: most,
    })
    .map(all => ({
      title: 'Map',
      description: 'what needs what',
      nodes: all.map(({ name }, at) => ({ of: `service/${at}`, kind: 'service', name })),
      edges: all.flatMap(({ needs }, at) =>
        [...new Set(needs)]
          .filter(need => need < at)
          .map(need => ({ from: `service/${at}`, to: `service/${need}` }) as const),
      ),
    }));

const apart = (a: Box, b: Box): boolean =>
  Math.abs(a.x - b.x) * 2 >= a.width + b.width || Math.abs(a.y - b.y) * 2 >= a.height + b.height;

describe('a map', () => {
  test('has no node over another, and none outside, with 40 of them', () => {
    fc.assert(
      fc.property(graphs(40, fc.stringMatching(/^[a-z-]{1,60}$/)), graph => {
        const { boxes, width, height } = drawingOf(graph);
        for (const [at, box] of boxes.entries()) {
          for (const other of boxes.slice(at + 1)) expect(apart(box, other), `${box.of} ${other.of}`).toBe(true);
          expect(box.x * 2 - box.width).toBeGreaterThanOrEqual(0);
          expect(box.x * 2 + box.width).toBeLessThanOrEqual(width * 2);
          expect(box.y * 2 + box.height).toBeLessThanOrEqual(height * 2);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('breaks long names, and loses no letter of them', () => {
    fc.assert(
      fc.property(text, raw => {
        const lines = linesOf(raw, 14, 120);
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(raw.replaceAll(/\s/g, ''));
        for (const line of lines) expect(widthOf(line, 14)).toBeLessThanOrEqual(120 + 14 * 1.1);
      }),
    );
  });

  test('is the same each time', () => {
    fc.assert(
      fc.property(graphs(12, text), graph => {
        expect(svgOf(structuredClone(graph), of => of)).toBe(svgOf(graph, of => of));
      }),
      { numRuns: 20 },
    );
  });

  test('is well-formed, whatever names are', async () => {
    const samples = fc.sample(graphs(5, text), { numRuns: 20, seed: 4 });
    for (const graph of samples) {
      const contents = svgOf(graph, of => of, 'svg { color: red; }');
      const { valid, rawOutput } = await validateXML({
        xml: { fileName: 'map.svg', contents },
        schema: { fileName: 'any.xsd', contents: anything },
        initialMemoryPages: 256,
        maxMemoryPages: 2 * memoryPages.GiB,
      });
      expect(valid, rawOutput).toBe(true);
    }
  });
});

const anything =
  '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/2000/svg" elementFormDefault="qualified"><xs:element name="svg"><xs:complexType mixed="true"><xs:sequence><xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence><xs:anyAttribute processContents="skip"/></xs:complexType></xs:element></xs:schema>';
