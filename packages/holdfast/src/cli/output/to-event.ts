import type { FactDraft } from '../../journal/fact.ts';
import type { LiveEventOf } from './event.ts';

/** A fact as it is told while it happens: a release's model is for the journal alone. */
export function toFactEvent({ kind, release, payload }: FactDraft): Omit<LiveEventOf<'fact'>, 'at'> {
  const { model: _, ...told } = payload as { readonly model?: unknown };
  return { event: 'fact', kind, ...(release !== undefined && { release }), payload: told };
}
