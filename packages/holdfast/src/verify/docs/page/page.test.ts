import * as fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { parse, parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { describe, expect, test } from 'vitest';
import { text } from '../../report/testing/outcomes.ts';
import { htmlOf } from './html.ts';
import type { Inline } from './inline.ts';
import { markdownOf } from './markdown.ts';
import type { Page } from './page.ts';
import { shown } from './text.ts';

const links = { page: (of: string) => `${of}.html`, picture: 'map.svg' };

/** What would turn the direction of what stands beside it, and what begins a line. */
const worse = fc.oneof(
  text,
  fc.constantFrom(
    '\u200f',
    '\u061c',
    '<script>alert(1)</script>',
    '1. one',
    '- one',
    '    code',
    '# one',
    '\\|',
    '`|`',
    '||',
  ),
  fc.constantFrom(
    '![x](y)',
    '[x](javascript:alert(1))',
    '&copy;',
    '&#60;b&#62;',
    '$x$',
    '~~x~~',
    'https://x.example/<b>',
    'www.x.example',
    'ada@x.example',
    '---',
  ),
);

const pageOf = (words: readonly string[]): Page => {
  const [a = '', b = '', c = '', d = ''] = words;
  const each: readonly Inline[] = [a, { code: b }, { strong: `x${c}` }, { to: 'service/web', text: `x${d}` }];
  return {
    title: `x${a}`,
    kind: 'promise',
    lead: [{ paragraph: [a, { code: b }] }, { terms: [[`x${a}`, [b]]] }],
    sections: [
      {
        title: `x${b}`,
        blocks: [
          {
            table: {
              head: [`x${a}`, 'two', 'three', 'four'],
              rows: [each.map(inline => [inline]), [[a], [b], [c], [d]]],
            },
          },
          { list: [[a], [b, { code: c }]] },
          { commands: [['holdfast status', d]] },
        ],
      },
    ],
  };
};

type Node = Tree.ChildNode | Tree.ParentNode;

/** Every element of a document, in order. */
const elements = (node: Node): readonly string[] => [
  ...('tagName' in node ? [node.tagName] : []),
  ...('childNodes' in node ? node.childNodes.flatMap(elements) : []),
];

const textIn = (node: Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textIn).join('') : '';

const found = (node: Node, tag: string): readonly Node[] => [
  ...('tagName' in node && node.tagName === tag ? [node] : []),
  ...('childNodes' in node ? node.childNodes.flatMap(child => found(child, tag)) : []),
];

/** As GitHub reads it; `<code>` is let through as it is there. */
const rendered = (markdown: string): Node =>
  parseFragment(micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] }));

const four = fc.array(worse, { minLength: 4, maxLength: 4 });
const squeezed = (of: string): string => of.replaceAll(/\s+/g, ' ').trim();

describe('whatever a text is', () => {
  test('it is no markup in HTML', () => {
    const plain = elements(parse(htmlOf(pageOf(['one', 'two', 'three', 'four']), links)));
    fc.assert(
      fc.property(four, words => {
        expect(elements(parse(htmlOf(pageOf(words), links)))).toEqual(plain);
      }),
    );
  });

  test('it is read in HTML as it is', () => {
    fc.assert(
      fc.property(four, words => {
        const [, second] = found(parse(htmlOf(pageOf(words), links)), 'tbody').flatMap(body => found(body, 'tr'));
        const cells = second && 'childNodes' in second ? second.childNodes.map(textIn) : [];
        expect(cells).toEqual(words.map(word => shown(word).trim()));
      }),
    );
  });

  test('it breaks no table of Markdown, and each cell is read as it is', () => {
    fc.assert(
      fc.property(four, words => {
        const tree = rendered(markdownOf(pageOf(words), links));
        const rows = found(tree, 'tr').map(row => [...found(row, 'th'), ...found(row, 'td')].map(textIn));
        expect(rows.map(row => row.length)).toEqual([4, 4, 4]);
        expect(rows[2]?.map(squeezed)).toEqual(words.map(word => squeezed(shown(word))));
        expect(squeezed(rows[1]?.[1] ?? '')).toBe(squeezed(shown(words[1] ?? '')));
      }),
      { numRuns: 500 },
    );
  });

  test('it begins nothing in Markdown: no heading, no list, no code, no picture', () => {
    const kinds = (words: readonly string[]): readonly string[] =>
      elements(rendered(markdownOf(pageOf(words), links))).filter(tag =>
        /^(h\d|ul|ol|li|pre|img|hr|table|blockquote|script|b|del|a)$/.test(tag),
      );
    const plain = kinds(['one', 'two', 'three', 'four']);
    fc.assert(
      fc.property(four, words => {
        expect(kinds(words)).toEqual(plain);
      }),
      { numRuns: 500 },
    );
  });
});
