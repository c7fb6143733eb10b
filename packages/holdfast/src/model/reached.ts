/** What a container may reach besides its networks: who declares it says so by name. */
export type Reach = 'engine' | 'journal';

/** Where what a container reaches is inside of it: agreed between who declares it and what runs there. */
export const reached = {
  /** The socket of the engine that it is on. Whoever has it is root on the engine's machine. */
  engine: '/run/holdfast/engine.sock',
  /** The folder of a journal that is a file. */
  journal: '/run/holdfast/journal',
  /** The file with the URL of a journal that is on a server. */
  journalUrl: '/run/secrets/holdfast-journal',
  /** The variable that holds the path: of the journal, or of the file with its URL. */
  variable: 'HOLDFAST_JOURNAL',
} as const;

/** What the URL of the journal is called among secrets. No declared one can have a dot in its name. */
export const journalSecret = 'holdfast.journal';

interface Run {
  readonly reaches?: readonly Reach[];
}

export const reachesEngine = ({ reaches = [] }: Run): boolean => reaches.includes('engine');
export const reachesJournal = ({ reaches = [] }: Run): boolean => reaches.includes('journal');
