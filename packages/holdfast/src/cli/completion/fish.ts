import type { OptionWords, VerbWords, Words } from './words.ts';

/** Commands for fish, one a word. */
export const fish = ({ options, verbs }: Words): string =>
  [
    '# fish completion for holdfast: holdfast completion fish > ~/.config/fish/completions/holdfast.fish',
    'complete -c holdfast -f',
    ...options.map(option => `complete -c holdfast ${flag(option)}`),
    ...verbs.flatMap(verbLines),
    '',
  ].join('\n');

const verbLines = ({ name, does, options, operands }: VerbWords): readonly string[] => [
  `complete -c holdfast -n __fish_use_subcommand -a ${name} -d ${quoted(does)}`,
  ...options.map(option => `complete -c holdfast -n ${behind(name)} ${flag(option)}`),
  ...operands.map(word => `complete -c holdfast -n ${behind(name)} -a ${word}`),
];

const behind = (verb: string): string => quoted(`__fish_seen_subcommand_from ${verb}`);

const needs = { nothing: '', path: ' -r -F', text: ' -x' } as const;

const flag = ({ name, does, takes }: OptionWords): string =>
  `-l ${name.replace(/^--/, '')} -d ${quoted(does)}${needs[takes]}`;

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
