/** The language of `holdfast.config.ts`. */

import { type Config, type ConfigOptions, configOf } from './model/environment/config.ts';
import type { EnginePlace } from './model/environment/engine-place.ts';
import type { Provider } from './ports/provider.ts';

export { Problem, type ProblemParts, Problems } from './kit/problem.ts';
export { type Config, type ConfigOptions, defaultConfig } from './model/environment/config.ts';
export {
  type EngineDeclaration,
  type EnginePlace,
  engine,
  type LocalEngineOptions,
} from './model/environment/engine-place.ts';
export {
  type Environment,
  type EnvironmentDeclaration,
  type EnvironmentOptions,
  environment,
  targetOf,
} from './model/environment/environment.ts';
export type { Recipients } from './model/environment/recipients.ts';

/** Where a provider works. */
export interface ProviderPlace {
  /** What the environment calls the engine. */
  readonly engine: string;
  readonly environment: string;
  readonly place: EnginePlace;
}

/** Makes the provider of a kind for one engine. It and what it returns are a third party's. */
export type ProviderFactory = (place: ProviderPlace) => Provider;

/**
 * Declares where the system lives: `export default defineConfig({ environments: { local: environment({ … }) } })`.
 * Throws Problems with all that is wrong.
 */
export function defineConfig(options: ConfigOptions<ProviderFactory>): Config<ProviderFactory> {
  return configOf(options, defineConfig);
}
