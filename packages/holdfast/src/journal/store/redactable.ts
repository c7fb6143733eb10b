import type { Envelope } from '../fact.ts';
import { notRedactable } from './problems.ts';
import { envelopeOf, type Row } from './rows.ts';

/** The fact of a row, whose payload may go. Undefined where it is gone already; throws a Problem where it must stay. */
export function redactableIn(where: string, seq: number, row: Row | undefined): Envelope | undefined {
  if (!row) throw notRedactable(where, seq, 'there is no such fact');
  if (row.kind === 'fact.redacted') throw notRedactable(where, seq, 'it says why another payload is gone');
  return row.redacted === null ? envelopeOf(row) : undefined;
}
