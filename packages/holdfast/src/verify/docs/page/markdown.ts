import { type Inline, type Line, signs, spellTime } from './inline.ts';
import type { Block, Command, Page } from './page.ts';
import { shown } from './text.ts';

/** How the pages of a folder name each other. */
export interface Links {
  /** A resource's page, from the page that names it. */
  readonly page: (of: `${string}/${string}`) => string;
  /** The picture of a page's map. */
  readonly picture: string;
}

/** A page as GitHub's Markdown, ending with a line break. */
export function markdownOf({ kind, title, lead, sections }: Page, links: Links): string {
  const parts = [
    `# ${text(title)}`,
    ...(kind === '' ? [] : [`*${text(kind)}*`]),
    ...lead.map(block => blockOf(block, links)),
    ...sections.flatMap(section => [
      `## ${text(section.title)}`,
      ...section.blocks.map(block => blockOf(block, links)),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function blockOf(block: Block, links: Links): string {
  if ('paragraph' in block) return atStart(lineOf(block.paragraph, links));
  if ('list' in block) return block.list.map(line => `- ${atStart(lineOf(line, links))}`).join('\n');
  if ('terms' in block)
    return block.terms.map(([term, said]) => `- **${text(term)}:** ${lineOf(said, links)}`).join('\n');
  if ('table' in block) return tableOf(block.table.head, block.table.rows, links);
  if ('commands' in block) return shellOf(block.commands);
  return `![${text(block.map.title)}](${target(links.picture)})`;
}

function tableOf(head: readonly string[], rows: readonly (readonly Line[])[], links: Links): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(head.map(text)),
    row(head.map(() => '---')),
    ...rows.map(cells => row(cells.map(cell => lineOf(cell, links, true)))),
  ].join('\n');
}

function shellOf(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(([command]) => shown(command).length));
  const lines = commands.map(([command, does]) => `${shown(command).padEnd(width)}  # ${shown(does)}`);
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [`${fence}sh`, ...lines, fence].join('\n');
}

const lineOf = (line: Line, links: Links, inTable = false): string =>
  line
    .map(inline => inlineOf(inline, links, inTable))
    .join('')
    .trim();

function inlineOf(inline: Inline, links: Links, inTable: boolean): string {
  if (typeof inline === 'string') return text(inline);
  if ('code' in inline) return code(inline.code, inTable);
  if ('strong' in inline) return `**${text(inline.strong)}**`;
  if ('state' in inline) return `**${signs[inline.state]} ${inline.state}**`;
  if ('time' in inline) return spellTime(inline.time);
  if ('to' in inline) return `[${marked(inline.text ?? nameOf(inline.to))}](${target(links.page(inline.to))})`;
  return `[${marked(inline.text)}](${target(hrefOf(inline.out))})`;
}

const nameOf = (of: string): string => of.slice(of.indexOf('/') + 1);

/** Where a link out leads; an e-mail address is written to. Everything else than these is no link. */
export function hrefOf(out: string): string {
  if (!/^https?:/.test(out)) return `mailto:${encodeURIComponent(out).replace('%40', '@')}`;
  return new URL(out).href.replaceAll(/[<>\\]/g, encodeURIComponent);
}

/** Every mark that Markdown would take for its own. */
const marked = (raw: string): string => shown(raw).replaceAll(/[\\`*_[\]<>&|~$#]/g, '\\$&');

/** Outside of a link, GitHub would make one of these by itself. */
const text = (raw: string): string =>
  marked(raw)
    .replaceAll(/:(?=\/\/)|@/g, '\\$&')
    .replaceAll(/(?<=www)\./gi, '\\$&');

const target = (to: string): string => (/^[\w./:@?=%+-]+$/.test(to) ? to : `<${to}>`);

/** What begins a line may be taken for a list, a heading or code. */
const atStart = (line: string): string => line.trimStart().replace(/^([-+=:]|\d+(?=[.)]))/, begin);

const begin = (found: string): string =>
  /\d/.test(found) ? `&#${found.charCodeAt(0)};${found.slice(1)}` : `\\${found}`;

/** A bar in code can't be told from the end of a cell in each case, so there each mark is a reference. */
function code(raw: string, inTable: boolean): string {
  const told = shown(raw);
  if (told.trim() === '') return '';
  if (inTable && told.includes('|')) return `<code>${told.replaceAll(/[!-/:-@[-`{-~]/g, referred)}</code>`;
  const fence = '`'.repeat(longestRun(told) + 1);
  const pad = /^[` ]|[` ]$/.test(told) ? ' ' : '';
  return `${fence}${pad}${told}${pad}${fence}`;
}

const referred = (mark: string): string => `&#${mark.charCodeAt(0)};`;

const longestRun = (raw: string): number => Math.max(0, ...[...raw.matchAll(/`+/g)].map(([run]) => run.length));
