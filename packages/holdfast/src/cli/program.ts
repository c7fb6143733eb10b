import { Argument, Command, Option, type OutputConfiguration } from 'commander';
import type { ActingOptions } from './acting/act.ts';
import type { Call, CommonOptions } from './call.ts';
import { docsVerb } from './docs/command.ts';
import { examples } from './help.ts';
import type { Palette } from './show/screen.ts';
import type { BakeOptions } from './verbs/bake.ts';
import type { CheckOptions } from './verbs/check.ts';
import type { Shell } from './verbs/completion.ts';
import type { DownOptions } from './verbs/down.ts';
import { imageVerbs } from './verbs/image/commands.ts';
import type { InitOptions } from './verbs/init.ts';
import type { JournalOptions } from './verbs/journal.ts';
import type { LogsOptions } from './verbs/logs.ts';
import type { PlanOptions } from './verbs/plan.ts';
import { promiseVerbs } from './verbs/promise/commands.ts';
import type { RestoreOptions } from './verbs/restore.ts';
import { secretVerbs } from './verbs/secret/commands.ts';
import type { UpOptions } from './verbs/up.ts';

type Begin<O extends CommonOptions> = (call: Call<O>) => Promise<number>;

/** Runs a verb with the options that it was given. */
export type Run = <O extends CommonOptions>(options: O, begin: Begin<O>) => Promise<void>;

/** The command line: verbs, options, help. What a verb does is loaded when it is asked for. */
export function programFor(run: Run, output: OutputConfiguration, paint: Palette): Command {
  const program = new Command('holdfast')
    .description('Declare a system in one file; reproduce, prove and rehearse it with one command.')
    .usage('<verb> [options]')
    .commandsGroup('Verbs:')
    .exitOverride()
    .configureOutput(output)
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: paint.bold,
      styleSubcommandTerm: paint.cyan,
      styleOptionTerm: paint.cyan,
      styleArgumentTerm: paint.cyan,
    })
    .helpCommand('help [verb]', 'how a verb is used')
    .helpOption('-h, --help', 'this')
    .option('--env <name>', 'the environment (default: local)')
    .option('--file <path>', 'the system.ts (default: here or above)')
    .option('--json', 'JSON for machines; see holdfast schema')
    .option('--yes', 'go ahead without asking')
    .option('--timeout <duration>', 'stop after so long, as Ctrl-C does')
    .option('--no-color', 'plain text, as with NO_COLOR')
    .option('--version', 'the version');

  const verb = (name: string, does: string): Command =>
    program.command(name).description(does).addHelpText('after', examples(name));
  const on = <O extends CommonOptions>(command: Command, begin: Begin<O>): Promise<void> =>
    run<O>(optionsOf(command), begin);

  acting(verb, on);
  restoring(verb, on);
  baking(verb, on);
  imageVerbs(verb, on);
  promiseVerbs(verb, on);
  secretVerbs(verb, on);
  looking(verb, on);
  docsVerb(verb, on, program);
  starting(verb, on, program);
  return program;
}

const optionsOf = <O extends CommonOptions>(command: Command): O => command.optsWithGlobals() as O;

/** Adds a verb, with its examples. */
export type Add = (name: string, does: string) => Command;
/** Begins a verb with the options of its command. */
export type On = <O extends CommonOptions>(command: Command, begin: Begin<O>) => Promise<void>;

const wait = () => new Option('--wait <duration>', 'wait so long for others').default('10m');
const noWait = () => new Option('--no-wait', 'or not at all');
const destroy = () =>
  new Option('--destroy <name...>', 'destroy this data, which is no longer declared, after its grace period');
const noGrace = () => new Option('--no-grace', 'or at once');

const to = () =>
  new Option('--to <place>', 'bring them to oci:FOLDER, registry:HOST/PATH or engine:NAME; may be repeated').argParser(
    (place, before: readonly string[] = []) => [...before, place],
  );

function acting(verb: Add, on: On): void {
  verb('up', 'make it so; goes back when a gate fails')
    .option('--plan <file>', 'apply exactly this saved plan')
    .addOption(destroy())
    .addOption(noGrace())
    .addOption(wait())
    .addOption(noWait())
    .action((_, command: Command) => on<UpOptions>(command, async call => (await import('./verbs/up.ts')).up(call)));

  verb('down', 'take it all away; data stays')
    .option('--data', 'its data too')
    .option('--confirm <name>', 'name the environment whose data goes')
    .addOption(wait())
    .addOption(noWait())
    .action((_, command: Command) =>
      on<DownOptions>(command, async call => (await import('./verbs/down.ts')).down(call)),
    );

  verb('rollback', 'go back to an older release')
    .addArgument(new Argument('[release]', 'r3, or its id (default: the one before the present one)'))
    .addOption(wait())
    .addOption(noWait())
    .action((release: string | undefined, _, command: Command) =>
      on<ActingOptions>(command, async call => (await import('./verbs/rollback.ts')).rollback(call, release)),
    );
}

function restoring(verb: Add, on: On): void {
  verb('restore', 'make a server of a backup, beside the one that runs')
    .addArgument(new Argument('[database]', 'of which one (default: the only one there is)'))
    .option('--to <time>', '2026-11-23T10:00:00Z (default: all that is there)')
    .option('--into <name>', 'what the new server is called (default: DATABASE-restored)')
    .option('--count', 'count the rows of its tables')
    .option('--remove <name>', 'take such a server away again')
    .addOption(wait())
    .addOption(noWait())
    .action((database: string | undefined, _, command: Command) =>
      on<RestoreOptions>(command, async call => (await import('./verbs/restore.ts')).restore(call, database)),
    );
}

function baking(verb: Add, on: On): void {
  verb('bake', 'bake, examine and seal images')
    .addArgument(new Argument('[image...]', 'images by name (default: all)'))
    .option('--update', 'look for the newest packages, and say what changes')
    .option('--locked', 'refuse what holdfast.lock does not hold')
    .option('--no-twice', 'make no layer twice to compare')
    .option('--no-seal', 'neither examine nor seal')
    .addOption(to())
    .option('--verbose', 'also what the work says')
    .action((names: string[], _, command: Command) =>
      on<BakeOptions>(command, async call => (await import('./verbs/bake.ts')).bake(call, names)),
    );

  verb('upstreams', 'which hosts baking and deploying rest on').action((_, command: Command) =>
    on(command, async call => (await import('./verbs/upstreams.ts')).upstreams(call)),
  );
}

function looking(verb: Add, on: On): void {
  verb('plan', 'what would change, and why')
    .option('--out <file>', 'save the plan, for up --plan')
    .addOption(destroy())
    .addOption(noGrace())
    .action((_, command: Command) =>
      on<PlanOptions>(command, async call => (await import('./verbs/plan.ts')).plan(call)),
    );

  verb('status', 'what runs, from observation').action((_, command: Command) =>
    on(command, async call => (await import('./verbs/status.ts')).status(call)),
  );

  verb('check', 'whether what is said of what runs is so')
    .addArgument(new Argument('[name...]', 'checks, or what they are of (default: all)'))
    .addOption(
      new Option('--format <format>', 'how it is told')
        .choices(['documentation', 'junit', 'tap', 'json', 'github'])
        .default(undefined, 'documentation'),
    )
    .option('--out <file>', 'write it there, and the page for people here')
    .option('--prove', 'show each sentence of a service red once, on sabotaged copies')
    .option('--all', 'each sentence, also those that follow from what is declared')
    .action((names: string[], _, command: Command) =>
      on<CheckOptions>(command, async call => (await import('./verbs/check.ts')).check(call, names)),
    );

  verb('logs', 'what services write')
    .addArgument(new Argument('[name...]', 'services or instances: web, web.2 (default: all)'))
    .option('--follow', 'go on as lines come')
    .option('--tail <lines>', 'so many of the last lines (default: 100)')
    .option('--since <when>', '10m, or 2026-01-31T12:00:00Z')
    .action((names: string[], _, command: Command) =>
      on<LogsOptions>(command, async call => (await import('./verbs/logs.ts')).logs(call, names)),
    );

  verb('exec', 'run a command inside an instance')
    .addArgument(new Argument('<instance>', 'web, or web.2'))
    .addArgument(new Argument('[command...]', 'behind two hyphens: -- ls -l'))
    .action((instance: string, words: string[], _, command: Command) =>
      on(command, async call => (await import('./verbs/exec.ts')).exec(call, instance, words)),
    );

  const journal = verb('journal', 'what happened')
    .option('--follow', 'go on as facts come')
    .option('--kind <kind...>', 'only these: release.ended, step.failed …')
    .option('--release <release>', 'only of this one: r3, or its id')
    .option('--limit <count>', 'only so many of the newest')
    .action((_, command: Command) =>
      on<JournalOptions>(command, async call => (await import('./verbs/journal.ts')).journal(call)),
    );
  journal
    .command('verify')
    .description('walk the whole chain, and say whether anybody changed it')
    .action((_, command: Command) =>
      on(command, async call => (await import('./verbs/journal.ts')).verifyJournal(call)),
    );
}

function starting(verb: Add, on: On, program: Command): void {
  verb('init', 'start a system.ts in this folder')
    .option('--name <name>', 'of the system (default: as the folder)')
    .option('--archive <tar>', 'run on this root file system archive')
    .option('--image <reference>', 'run on this image: name@sha256:…')
    .action((_, command: Command) =>
      on<InitOptions>(command, async call => (await import('./verbs/init.ts')).init(call)),
    );

  verb('completion', 'completion for your shell')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .action((shell: Shell, _, command: Command) =>
      on(command, async call => (await import('./verbs/completion.ts')).completion(call, shell, program)),
    );

  program
    .command('agent', { hidden: true })
    .description('stays up beside an engine; what it looks after is in its surroundings')
    .action((_, command: Command) => on(command, async call => (await import('./verbs/agent.ts')).agent(call)));

  verb('schema', 'JSON Schemas of what --json writes')
    .addArgument(new Argument('[output]', 'plan, up, status, journal, error …'))
    .action((name: string | undefined, _, command: Command) =>
      on(command, async call => (await import('./verbs/schema.ts')).schema(call, name)),
    );
}
