import type { Recipients } from '../../model/environment/recipients.ts';

/** Who came and who went between two lists of recipients, by name. A key that changed its name did neither. */
export interface ChangedRecipients {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export const changedRecipients = (before: Recipients, after: Recipients): ChangedRecipients => ({
  added: missingIn(before, after),
  removed: missingIn(after, before),
});

const missingIn = (few: Recipients, many: Recipients): readonly string[] => {
  const keys = new Set(Object.values(few));
  return Object.entries(many).flatMap(([name, key]) => (keys.has(key) ? [] : [name]));
};
