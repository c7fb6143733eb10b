import type { Command } from 'commander';
import type { Add, On } from '../program.ts';
import type { DocsOptions } from '../verbs/docs.ts';

/** `holdfast docs`. Pages name commands: of the verbs that this program has, and no others. */
export function docsVerb(verb: Add, on: On, program: Command): void {
  const verbs = () => program.commands.map(command => command.name());
  verb('docs', 'what is promised and what shows it, as pages')
    .option('--out <folder>', 'Markdown (default: docs/system beside system.ts)')
    .option('--site <folder>', 'a static site (default: .holdfast/site)')
    .option('--check', 'write nothing; name each page that is stale')
    .action((_, command: Command) =>
      on<DocsOptions>(command, async call => (await import('../verbs/docs.ts')).docs(call, verbs())),
    );
}
