import type { Command, Option } from 'commander';

/** What can be completed, as plain data. */
export interface Words {
  readonly options: readonly OptionWords[];
  readonly verbs: readonly VerbWords[];
}

export interface OptionWords {
  /** `--env`. */
  readonly name: string;
  readonly does: string;
  /** What it takes: nothing, a path, or something that is not known here. */
  readonly takes: 'nothing' | 'path' | 'text';
}

export interface VerbWords {
  readonly name: string;
  readonly does: string;
  readonly options: readonly OptionWords[];
  /** What may stand behind it: further verbs, choices of an argument. */
  readonly operands: readonly string[];
}

const paths = new Set(['--file', '--out', '--plan', '--archive', '--site']);

export const wordsOf = (program: Command): Words => ({
  options: program.options.map(optionWords),
  verbs: [...program.commands.map(verbWords), help(program)],
});

const optionWords = (option: Option): OptionWords => ({
  name: option.long ?? option.flags,
  does: option.description,
  takes: !option.required ? 'nothing' : paths.has(option.long ?? '') ? 'path' : 'text',
});

const verbWords = (command: Command): VerbWords => ({
  name: command.name(),
  does: command.description(),
  options: [command, ...command.commands].flatMap(one => one.options).map(optionWords),
  operands: [
    ...command.commands.map(one => one.name()),
    ...command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
  ],
});

const help = (program: Command): VerbWords => ({
  name: 'help',
  does: 'how a verb is used',
  options: [],
  operands: program.commands.map(one => one.name()),
});
