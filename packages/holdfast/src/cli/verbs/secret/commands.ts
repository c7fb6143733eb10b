import { Argument, Option } from 'commander';
import type { Side } from '../../../providers/secrets/merge.ts';
import { examples } from '../../help.ts';
import type { Add, On } from '../../program.ts';
import type { MergeOptions } from './merge.ts';
import type { ShowOptions } from './show.ts';

/** `holdfast secret …`: what nobody may read but the container it is for, and who can. */
export function secretVerbs(verb: Add, on: On): void {
  const secret = verb('secret', 'list, set, rotate secrets; who reads them')
    .commandsGroup('Verbs, ls where none is given:')
    .helpCommand(false);
  const add: Add = (name, does) =>
    secret
      .command(name, { isDefault: name === 'ls' })
      .description(does)
      .addHelpText('after', examples(`secret ${name}`));
  values(add, on);
  readers(add, on);
}

function values(add: Add, on: On): void {
  const one = new Argument('<name>', 'as system.ts declares it');

  add('ls', 'the secrets of the environment, without their values').action((_, command) =>
    on(command, async call => (await import('./ls.ts')).list(call)),
  );

  add('set', 'give one a value: piped in, or typed unseen')
    .addArgument(one)
    // What is too much is refused by the verb itself, without repeating it: it may be the value.
    .allowExcessArguments()
    .action((name: string, _, command) =>
      on(command, async call => (await import('./set.ts')).set(call, name, command.args.length - 1)),
    );

  add('rotate', 'make another value of those that are generated')
    .addArgument(new Argument('<name...>', 'as system.ts declares them'))
    .action((names: string[], _, command) =>
      on(command, async call => (await import('./rotate.ts')).rotate(call, names)),
    );

  add('show', 'what a certificate says; with --reveal, the value of any, in clear')
    .addArgument(one)
    .option('--reveal', 'yes, where others may look on')
    .action((name: string, _, command) =>
      on<ShowOptions>(command, async call => (await import('./show.ts')).show(call, name)),
    );
}

function readers(add: Add, on: On): void {
  const side = new Option('--prefer <side>', 'whose value counts where both branches gave another');

  add('identity', 'your public key; made where you have none').action((_, command) =>
    on(command, async call => (await import('./identity.ts')).identity(call)),
  );

  add('recipients', 'who can read the secrets').action((_, command) =>
    on(command, async call => (await import('./recipients.ts')).recipients(call)),
  );

  add('rekey', 'encrypt to those whom holdfast.config.ts has now').action((_, command) =>
    on(command, async call => (await import('./rekey.ts')).rekey(call)),
  );

  add('merge', 'put together what two branches changed')
    .addOption(side.choices(['ours', 'theirs'] satisfies readonly Side[]))
    .action((_, command) => on<MergeOptions>(command, async call => (await import('./merge.ts')).merge(call)));
}
