import { svgOf } from '../map/svg.ts';
import { type Inline, type Line, signs, spellTime } from './inline.ts';
import { hrefOf, type Links } from './markdown.ts';
import type { Block, Page } from './page.ts';
import { inHtml } from './text.ts';

/** What stands in `<main>`. */
export function htmlOf({ kind, title, lead, sections }: Page, links: Links): string {
  return [
    ...(kind === '' ? [] : [`<p class="kind">${inHtml(kind)}</p>`]),
    `<h1>${inHtml(title)}</h1>`,
    ...lead.map(block => blockOf(block, title, links)),
    ...sections.flatMap(section => [
      '<section>',
      `<h2>${inHtml(section.title)}</h2>`,
      ...section.blocks.map(block => blockOf(block, section.title, links)),
      '</section>',
    ]),
  ].join('\n');
}

function blockOf(block: Block, title: string, links: Links): string {
  if ('paragraph' in block) return `<p>${lineOf(block.paragraph, links)}</p>`;
  if ('list' in block)
    return ['<ul>', ...block.list.map(line => `<li>${lineOf(line, links)}</li>`), '</ul>'].join('\n');
  if ('terms' in block) return termsOf(block, links);
  if ('table' in block) return tableOf(block, title, links);
  if ('commands' in block) return commandsOf(block);
  return `<figure class="scroll" tabindex="0" role="region" aria-label="${inHtml(block.map.title)}">\n${svgOf(block.map, links.page)}\n</figure>`;
}

const termsOf = ({ terms }: Extract<Block, { terms: unknown }>, links: Links): string =>
  [
    '<dl>',
    ...terms.map(([term, said]) => `<div><dt>${inHtml(term)}</dt><dd>${lineOf(said, links)}</dd></div>`),
    '</dl>',
  ].join('\n');

/** What is wider than a phone is moved by itself, by keys too. */
const tableOf = ({ table: { head, rows } }: Extract<Block, { table: unknown }>, title: string, links: Links): string =>
  [
    `<div class="scroll" tabindex="0" role="region" aria-label="${inHtml(title)}: table">`,
    '<table>',
    `<thead><tr>${head.map(cell => `<th scope="col">${inHtml(cell)}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map(([first = [], ...others]) => {
      const cells = others.map(cell => `<td>${lineOf(cell, links)}</td>`).join('');
      return `<tr><th scope="row">${lineOf(first, links)}</th>${cells}</tr>`;
    }),
    '</tbody>',
    '</table>',
    '</div>',
  ].join('\n');

const commandsOf = ({ commands }: Extract<Block, { commands: unknown }>): string =>
  [
    '<dl class="commands">',
    ...commands.map(([command, does]) => `<div><dt><code>${inHtml(command)}</code></dt><dd>${inHtml(does)}</dd></div>`),
    '</dl>',
  ].join('\n');

const lineOf = (line: Line, links: Links): string =>
  line
    .map(inline => inlineOf(inline, links))
    .join('')
    .trim();

function inlineOf(inline: Inline, links: Links): string {
  if (typeof inline === 'string') return inHtml(inline);
  if ('code' in inline) return `<code>${inHtml(inline.code)}</code>`;
  if ('strong' in inline) return `<strong>${inHtml(inline.strong)}</strong>`;
  if ('state' in inline) return stateOf(inline.state);
  if ('time' in inline) return `<time datetime="${inHtml(inline.time)}">${inHtml(spellTime(inline.time))}</time>`;
  if ('to' in inline)
    return `<a href="${inHtml(links.page(inline.to))}">${inHtml(inline.text ?? nameOf(inline.to))}</a>`;
  return `<a href="${inHtml(hrefOf(inline.out))}">${inHtml(inline.text)}</a>`;
}

const nameOf = (of: string): string => of.slice(of.indexOf('/') + 1);

const stateOf = (state: keyof typeof signs): string =>
  `<span class="state ${state}"><span aria-hidden="true">${signs[state]} </span>${state}</span>`;
