import type { CodeSplittingOptions, Plugin } from 'rolldown';

/** What is loaded together, by the modules that it begins with. A part leaves to one before it what both have. */
const parts = {
  /** Before anybody knows what is asked for. */
  start: ['cli/outside.ts', 'cli/handover.ts', 'declare/stand-by.ts', 'cli/run.ts'],
  /** In the process that evaluates `system.ts`. */
  language: [
    'index.ts',
    'primitives/index.ts',
    'declare/explain/explain.ts',
    'declare/poison/poison.ts',
    'declare/exported.ts',
  ],
  /** By each verb that looks at what runs. */
  command: ['cli/ground/looking.ts', 'cli/ground/stage.ts', 'providers/docker/index.ts', 'flow.ts', 'config.ts'],
} as const;

/**
 * Puts what is loaded together into one file. Left to itself rolldown makes one for each set of verbs that share something,
 * some hundred, and each costs a look through the file system. What two parts have is a file of its own, named after both:
 * a file then holds all that its modules import, or imports it, and is never imported back.
 */
export function partsOf(source: string): { readonly plugin: Plugin; readonly codeSplitting: CodeSplittingOptions } {
  const partOf = new Map<string, string>();
  const plugin: Plugin = {
    name: 'parts',
    buildEnd() {
      const importsOf = (id: string): readonly string[] => this.getModuleInfo(id)?.importedIds ?? [];
      for (const [part, begins] of Object.entries(parts))
        for (const id of reached(
          begins.map(path => `${source}/${path}`),
          importsOf,
        ))
          partOf.set(id, [...(partOf.get(id)?.split('-') ?? []), part].join('-'));
    },
  };
  // With a module go those that it imports: the parts that most need come first.
  const names = [
    'start-language-command',
    'start-language',
    'start-command',
    'language-command',
    ...Object.keys(parts),
  ];
  const groups = names.map((name, at) => ({
    name,
    priority: names.length - at,
    test: (id: string) => partOf.get(id) === name,
  }));
  return { plugin, codeSplitting: { groups } };
}

/** The modules themselves and all that they import, and so on. */
function reached(begins: readonly string[], importsOf: (id: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set(begins);
  for (const id of found) for (const imported of importsOf(id)) found.add(imported);
  return found;
}
