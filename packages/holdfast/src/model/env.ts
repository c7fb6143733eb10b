import { nearest } from '../kit/nearest.ts';
import { callSite } from './declaration/call-site.ts';
import type { Target } from './declaration/slot.ts';
import { spell } from './declaration/spell.ts';
import { report, wrong } from './declaration/wrong.ts';

/** The environment that the system is declared for. */
export interface Env {
  readonly name: string;
  /** The domain under which the system is reached. */
  readonly domain: string;
  /**
   * One of several values, by the name of the environment:
   * `env.pick({ production: 3, default: 1 })`.
   */
  pick<const T>(choices: Readonly<Record<string, T>>): T;
}

export const envOf = (target: Target, system: string): Env => ({
  name: target.name,
  domain: target.domain ?? `${system}.localhost`,
  pick: function pick<const T>(choices: Readonly<Record<string, T>>): T {
    if (typeof choices !== 'object' || choices === null) throw noChoices(choices, callSite(pick));
    refuseUnknown(choices, target, () => callSite(pick));
    const key = [target.name, 'default'].find(name => Object.hasOwn(choices, name));
    if (key === undefined) throw nothingFor(target.name, Object.keys(choices), callSite(pick));
    return choices[key] as T;
  },
});

function refuseUnknown(choices: object, { environments }: Target, at: () => string): void {
  if (!environments) return;
  for (const name of Object.keys(choices).filter(key => key !== 'default' && !environments.includes(key)))
    report({
      what: `env.pick names "${name}", and there is no such environment`,
      where: at(),
      why: `a misspelt name would silently give every environment the default; there are ${environments.join(', ')}`,
      fix: did(nearest(name, environments)) ?? `declare it in holdfast.config.ts, or remove it here`,
    });
}

const did = (meant: string | undefined) => meant && `did you mean \`${meant}\`?`;

const nothingFor = (environment: string, given: readonly string[], where: string) =>
  wrong({
    what: `env.pick has nothing for environment "${environment}"`,
    where,
    why: `it has ${given.length > 0 ? given.join(', ') : 'no choices'}, and no default`,
    fix: `add ${environment}: …, or default: …`,
  });

const noChoices = (given: unknown, where: string) =>
  wrong({
    what: `env.pick was given ${spell(given)}`,
    where,
    why: 'it picks one of several values by the name of the environment',
    fix: 'write it as in env.pick({ production: 3, default: 1 })',
  });
