import type { FactDraft } from '../../journal/fact.ts';
import type { LiveEventOf } from './event.ts';

/** A fact as it is told while it happens: a release's model and hashes are for the journal alone. */
export function toFactEvent({ kind, release, payload }: FactDraft): Omit<LiveEventOf<'fact'>, 'at'> {
  const { model: _, secrets: __, ...told } = payload as { readonly model?: unknown; readonly secrets?: unknown };
  return { event: 'fact', kind, ...(release !== undefined && { release }), payload: told };
}
