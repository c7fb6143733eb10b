/**
 * The architecture as data. The flow runs downward: your code is declared, observed, planned, applied; what happened
 * is a fact. Each layer may import what its row names and nothing else; `layers.test.ts` holds every import to it.
 */
export interface Layer {
  /** A folder, or a file, of `src/`. A trailing `/*` makes each subfolder a layer that may not import its siblings. */
  readonly place: string;
  readonly holds: string;
  readonly mayImport: readonly string[];
}

const ground = ['kit', 'model', 'journal', 'ports'] as const;

export const layers: readonly Layer[] = [
  { place: 'kit', holds: 'clock, ids, hashing, durations, secrets: no word of the domain', mayImport: [] },
  { place: 'model', holds: 'what is DECLARED: one immutable noun a file', mayImport: ['kit'] },
  { place: 'parts', holds: 'composites made of those nouns', mayImport: ['kit', 'model'] },
  {
    place: 'journal',
    holds: 'what HAPPENED: the one union of facts, the journal, its stores',
    mayImport: ['kit', 'model'],
  },
  { place: 'ports', holds: 'what we ASK of the world: one contract a file', mayImport: ['kit', 'model'] },
  { place: 'declare', holds: 'your code → System, in a child process', mayImport: ['kit', 'model'] },
  { place: 'bake', holds: 'source → digest', mayImport: ground },
  { place: 'engine', holds: 'observe, plan, apply, lease, rollback', mayImport: ground },
  { place: 'verify', holds: 'check → evidence → docs', mayImport: ground },
  { place: 'restore', holds: 'a backup → a server made of it, and what that took', mayImport: ground },
  { place: 'insight', holds: 'facts → what follows from them: bounds. Pure', mayImport: ['kit', 'model', 'journal'] },
  {
    place: 'flow.ts',
    holds: 'the verbs as stories',
    mayImport: [...ground, 'declare', 'bake', 'engine', 'verify', 'restore', 'insight'],
  },
  { place: 'providers/*', holds: 'how a noun becomes real', mayImport: ['kit', 'model', 'ports'] },
  {
    place: 'agent',
    holds:
      "what must stay up beside an engine: the database's guardian, job schedules, backups, the end of grace periods",
    mayImport: [...ground, 'declare', 'bake', 'engine', 'verify', 'insight'],
  },
  { place: 'index.ts', holds: 'the language of system.ts', mayImport: ['kit', 'model', 'parts'] },
  {
    place: 'primitives',
    holds: 'what parts are made of, for who writes one',
    mayImport: ['kit', 'model', 'parts', 'index.ts'],
  },
  { place: 'config.ts', holds: 'the language of holdfast.config.ts', mayImport: ['kit', 'model', 'ports'] },
  {
    place: 'cli',
    holds: 'one file a verb; main.ts is the composition root that hands providers in',
    mayImport: [
      'kit',
      'model',
      'parts',
      'journal',
      'ports',
      'declare',
      'bake',
      'engine',
      'verify',
      'restore',
      'insight',
      'flow.ts',
      'agent',
      'providers/*',
      'config.ts',
    ],
  },
];
