import { Argument, Option } from 'commander';
import { examples } from '../../help.ts';
import type { Add, On } from '../../program.ts';
import type { ExportOptions } from './export.ts';

/** `holdfast promise …`: what is promised, how it stands and why, for people and for other tools. */
export function promiseVerbs(verb: Add, on: On): void {
  const promise = verb('promise', 'what is promised, and whether it is kept')
    .commandsGroup('Verbs, ls where none is given:')
    .helpCommand(false);
  const add: Add = (name, does) =>
    promise
      .command(name, { isDefault: name === 'ls' })
      .description(does)
      .addHelpText('after', examples(`promise ${name}`));

  add('ls', 'all promises: kept, broken, unproven, stale').action((_, command) =>
    on(command, async call => (await import('./ls.ts')).list(call)),
  );

  add('explain', 'why a promise stands as it does: which fact, of when, on what')
    .addArgument(new Argument('<promise>', 'its sentence, or its name'))
    .action((asked: string, _, command) =>
      on(command, async call => (await import('./explain.ts')).explain(call, asked)),
    );

  add('export', 'for other tools: objectives, rules, alerts')
    .addOption(
      new Option('--as <format>', 'of OpenSLO v1 or of Prometheus')
        .choices(['openslo', 'prometheus'])
        .default('openslo'),
    )
    .option('--out <file>', 'write it there')
    .action((_, command) => on<ExportOptions>(command, async call => (await import('./export.ts')).exported(call)));
}
