import type { OptionWords, Words } from './words.ts';

/** A script for bash 3.2 and newer; needs nothing but bash. */
export const bash = ({
  options,
  verbs,
}: Words): string => `# bash completion for holdfast: source <(holdfast completion bash)
_holdfast() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" verb="" at
  for ((at = 1; at < COMP_CWORD; at++)); do
    case "\${COMP_WORDS[at]}" in
      ${verbs.map(({ name }) => name).join('|')}) verb="\${COMP_WORDS[at]}"; break ;;
    esac
  done
  COMPREPLY=()
  case "$before" in
    ${namesThat('path', options, verbs)}) COMPREPLY=($(compgen -f -- "$word")); return ;;
    ${namesThat('text', options, verbs)}) return ;;
  esac
  local words="${names(options)}"
  case "$verb" in
    "") words="$words ${verbs.map(({ name }) => name).join(' ')}" ;;
${verbs.map(verb => `    ${verb.name}) words="$words ${[names(verb.options), ...verb.operands].join(' ').trim()}" ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o filenames -o bashdefault -F _holdfast holdfast
`;

const names = (options: readonly OptionWords[]): string => options.map(({ name }) => name).join(' ');

function namesThat(takes: OptionWords['takes'], options: Words['options'], verbs: Words['verbs']): string {
  const all = [...options, ...verbs.flatMap(verb => verb.options)];
  return [...new Set(all.filter(option => option.takes === takes).map(({ name }) => name))].join('|');
}
