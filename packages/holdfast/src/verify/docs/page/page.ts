import type { Address } from '../../../model/address.ts';
import type { Graph } from '../map/graph.ts';
import type { Inline, Line } from './inline.ts';

/** What stands in a section. */
export type Block =
  | { readonly paragraph: Line }
  | { readonly list: readonly Line[] }
  /** What is said of one thing, each under its word. */
  | { readonly terms: readonly Term[] }
  | { readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly Line[])[] } }
  /** For a shell: a command, and what it does. */
  | { readonly commands: readonly Command[] }
  | { readonly map: Graph };

export type Term = readonly [term: string, said: Line];
export type Command = readonly [command: string, does: string];

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** One page as data: written as Markdown and as HTML. */
export interface Page {
  /** What it is about; absent for the system itself. */
  readonly of?: Address;
  readonly title: string;
  /** What kind of thing it is about, in a word. */
  readonly kind: string;
  /** Before the first section. */
  readonly lead: readonly Block[];
  readonly sections: readonly Section[];
}

/** A section that has nothing to say is none. */
export const section = (title: string, ...blocks: readonly (Block | undefined)[]): readonly Section[] => {
  const there = blocks.filter(block => block !== undefined).filter(block => !isEmpty(block));
  return there.length > 0 ? [{ title, blocks: there }] : [];
};

function isEmpty(block: Block): boolean {
  if ('paragraph' in block) return block.paragraph.length === 0;
  if ('list' in block) return block.list.length === 0;
  if ('terms' in block) return block.terms.length === 0;
  if ('table' in block) return block.table.rows.length === 0;
  return 'commands' in block ? block.commands.length === 0 : block.map.nodes.length === 0;
}

export const paragraph = (...line: Line): Block => ({ paragraph: line });

export const mapIn = ({ sections }: Page): Graph | undefined =>
  sections.flatMap(({ blocks }) => blocks.flatMap(block => ('map' in block ? block.map : []))).at(0);

/** What a page names, sorted. */
export function namedIn({ of, lead, sections }: Page): readonly Address[] {
  const blocks = [...lead, ...sections.flatMap(one => one.blocks)];
  const named = blocks.flatMap(block =>
    'map' in block ? block.map.nodes.map(({ of }) => of) : linesIn(block).flatMap(linked),
  );
  return [...new Set([...(of ? [of] : []), ...named])].sort();
}

const linked = (line: Line): readonly Address[] =>
  line.flatMap((inline: Inline) => (typeof inline === 'object' && 'to' in inline ? [inline.to] : []));

function linesIn(block: Exclude<Block, { readonly map: Graph }>): readonly Line[] {
  if ('paragraph' in block) return [block.paragraph];
  if ('list' in block) return block.list;
  if ('terms' in block) return block.terms.map(([, said]) => said);
  return 'table' in block ? block.table.rows.flat() : [];
}
