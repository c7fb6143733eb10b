import { Argument } from 'commander';
import { examples } from '../../help.ts';
import type { Add, On } from '../../program.ts';
import type { PruneOptions } from './prune.ts';
import type { ShowOptions } from './show.ts';

/** `holdfast image …`: what was baked, looked at, compared, verified, and taken away. */
export function imageVerbs(verb: Add, on: On): void {
  const image = verb('image', 'list, compare, verify, prune images')
    .commandsGroup('Verbs, ls where none is given:')
    .helpCommand(false);
  const add: Add = (name, does) =>
    image
      .command(name, { isDefault: name === 'ls' })
      .description(does)
      .addHelpText('after', examples(`image ${name}`));
  const one = '<image>';
  const known = 'web, web@r3 as release r3 has it, or how a digest begins';

  add('ls', 'the images of the system: baked, sealed, released').action((_, command) =>
    on(command, async call => (await import('./ls.ts')).list(call)),
  );

  add('show', 'one image: settings, layers, packages, its seal')
    .addArgument(new Argument(one, known))
    .option('--sbom', 'its bill of materials (CycloneDX)')
    .option('--record', 'its signed record (DSSE, in-toto, SLSA provenance)')
    .action((asked: string, _, command) =>
      on<ShowOptions>(command, async call => (await import('./show.ts')).show(call, asked)),
    );

  add('diff', 'what changed: packages, settings, files')
    .addArgument(new Argument('<from>', known))
    .addArgument(new Argument('<to>', 'the same'))
    .action((from: string, to: string, _, command) =>
      on(command, async call => (await import('./diff.ts')).diff(call, from, to)),
    );

  add('verify', 'read every byte and every seal again')
    .addArgument(new Argument('[image...]', 'images by name, or how a digest begins (default: the whole store)'))
    .action((names: string[], _, command) =>
      on(command, async call => (await import('./verify.ts')).verify(call, names)),
    );

  add('prune', 'remove what no release and no declaration needs')
    .option('--all', 'all of it, whatever the limit')
    .option('--limit <size>', 'down to so much, the longest unused first (default: 10GB, HOLDFAST_CACHE_LIMIT)')
    .option('--dry-run', 'only tell')
    .action((_, command) => on<PruneOptions>(command, async call => (await import('./prune.ts')).prune(call)));
}
