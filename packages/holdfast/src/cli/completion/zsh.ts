import type { OptionWords, VerbWords, Words } from './words.ts';

/** A function for zsh's completion system, as a file `_holdfast` or sourced. */
export const zsh = ({ options, verbs }: Words): string => `#compdef holdfast
# zsh completion for holdfast: put it as _holdfast into a folder of your fpath
_holdfast() {
  local context state state_descr line
  typeset -A opt_args
  local -a verbs
  verbs=(
${verbs.map(({ name, does }) => `    ${quoted(`${name}:${does}`)}`).join('\n')}
  )
  _arguments -C \\
${options.map(option => `    ${argument(option)} \\`).join('\n')}
    '1:verb:->verb' \\
    '*::operand:->operand'
  case $state in
    verb) _describe 'verb' verbs ;;
    operand)
      case $line[1] in
${verbs.map(verbCase).join('\n')}
      esac ;;
  esac
}
if [ "$funcstack[1]" = "_holdfast" ]; then _holdfast "$@"; else compdef _holdfast holdfast; fi
`;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const argument = ({ name, does, takes }: OptionWords): string => {
  const value = takes === 'nothing' ? '' : `:value:${takes === 'path' ? '_files' : ''}`;
  return quoted(`${name}[${does.replaceAll(/[[\]:]/g, '\\$&')}]${value}`);
};

const verbCase = ({ name, options, operands }: VerbWords): string => {
  const given = [...options.map(argument), ...(operands.length > 0 ? [`'*:operand:(${operands.join(' ')})'`] : [])];
  return given.length === 0 ? `        ${name}) ;;` : `        ${name}) _arguments ${given.join(' ')} ;;`;
};
