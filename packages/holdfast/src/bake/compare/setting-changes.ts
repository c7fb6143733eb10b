import { canonical } from '../../kit/json.ts';
import type { ImageConfig } from '../../model/spec/recipe.ts';

/** One setting that is not as it was; a value is absent where there is none. */
export interface SettingChange {
  /** `user`, `command`, `env NODE_ENV`, `label org.example`, `port 8080`. */
  readonly setting: string;
  readonly from?: string;
  readonly to?: string;
}

/** What a container is started with otherwise. By name. Pure. */
export function settingChanges(a: ImageConfig, b: ImageConfig): readonly SettingChange[] {
  const [before, after] = [settingsIn(a), settingsIn(b)];
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap(setting => {
    const [from, to] = [before.get(setting), after.get(setting)];
    if (from === to) return [];
    return [{ setting, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
  });
}

function settingsIn({ env, labels, ports, ...plain }: ImageConfig): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(plain).map(([key, value]) => [key, spell(value)] as const),
    ...Object.entries(env).map(([key, value]) => [`env ${key}`, value] as const),
    ...Object.entries(labels).map(([key, value]) => [`label ${key}`, value] as const),
    ...ports.map(port => [`port ${port}`, 'declared'] as const),
  ]);
}

const spell = (value: unknown): string => (typeof value === 'string' ? value : canonical(value));
