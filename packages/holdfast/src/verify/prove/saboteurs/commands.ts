import type { Json } from '../../../kit/json.ts';
import type { Comparison } from '../../../model/assertion/software/custom.ts';
import { jsonWith } from '../../../model/assertion/words/json-path.ts';
import type { TextPattern } from '../../../model/assertion/words/pattern.ts';
import type { SubjectOf } from '../../../model/spec/check-spec.ts';
import { exampleOf, withExample } from '../deeds/example.ts';
import { act } from '../deeds/programs.ts';
import { type Sabotage, unproven } from '../sabotage.ts';
import type { SaboteursOf } from '../saboteur.ts';

export const commandSaboteurs: SaboteursOf<'command'> = {
  exits: {
    claimed: ({ command }, code) => act(command, { exitCode: code === 0 ? 1 : 0 }),
    denied: ({ command }, code) => act(command, { exitCode: code }),
  },
  prints: {
    claimed: ({ command }) => act(command, {}),
    denied: ({ command }, wanted) => withExample(wanted, stdout => act(command, { stdout })),
  },
  printsNothing: {
    claimed: ({ command }) => act(command, { stdout: 'sabotage' }),
    denied: ({ command }) => act(command, {}),
  },
  printsJson: {
    claimed: ({ command }) => act(command, {}),
    denied: ({ command }, path, value) => act(command, { stdout: JSON.stringify(jsonWith(path, value)) }),
  },
  complains: {
    claimed: ({ command }) => act(command, {}),
    denied: ({ command }, wanted) => withExample(wanted, stderr => act(command, { stderr })),
  },
  complainsOfNothing: {
    claimed: ({ command }) => act(command, { stderr: 'sabotage' }),
    denied: ({ command }) => act(command, {}),
  },
};

export const customSaboteurs: SaboteursOf<'custom'> = {
  compares: {
    claimed: ({ command }) => act(command, { exitCode: 1 }),
    denied: (of, _, fact, how, expected) => {
      const value = valueFor(how, expected);
      const stdout = value === undefined ? undefined : printed(of, fact, value);
      return stdout === undefined
        ? unproven('nobody knows what its command would have to print')
        : (act(of.command, { stdout }) satisfies Sabotage);
    },
  },
};

/** A fact that compares as it is said to. */
const values: { readonly [C in Comparison]: (expected: Json) => Json | undefined } = {
  equals: expected => expected,
  below: expected => Number(expected) - 1,
  above: expected => Number(expected) + 1,
  contains: expected => String(expected),
  matches: expected => exampleOf(expected as TextPattern),
};

const valueFor = (how: Comparison, expected: Json): Json | undefined => values[how](expected);

/** What has this fact once it is parsed. */
function printed({ parse }: SubjectOf<'custom'>, fact: string, value: Json): string | undefined {
  if (parse === 'json') return JSON.stringify(jsonWith(fact, value));
  if (typeof value === 'object') return undefined;
  const [, key] = /^\.([\w$-]+)$/.exec(fact) ?? [];
  if (parse === 'pairs') return key === undefined ? undefined : `${key}=${value}\n`;
  return fact === '.' && parse !== 'lines' ? String(value) : undefined;
}
