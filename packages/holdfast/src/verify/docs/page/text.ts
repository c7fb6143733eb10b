import { printable, spelled } from '../../report/text/printable.ts';

/** Marks that turn the direction of what stands beside them. */
const turning = /[\u061c\u200e\u200f]/g;

/** A text on one line that does nothing but be read, whoever wrote it. */
export const shown = (text: string): string => printable(text).replaceAll(turning, spelled);

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text that is nothing but text, in an element as in an attribute. */
export const inHtml = (raw: string): string => shown(raw).replaceAll(/[&<>"']/g, mark => references[mark] ?? mark);
