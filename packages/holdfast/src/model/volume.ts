import * as z from 'zod/mini';
import { Call, declare } from './declaration/call.ts';
import { Handle } from './declaration/handle.ts';
import { type CommonOptions, common } from './declaration/options.ts';
import { members, rule } from './declaration/rule.ts';
import type { VolumeSpec } from './spec/small-specs.ts';

export type VolumeHandle = Handle<'volume'>;

export interface VolumeOptions extends CommonOptions {
  /**
   * `'one'`: a single instance at a time may write, so that its replacement stops before the next starts. `'many'`:
   * instances share it. Default `'one'`.
   */
  readonly writers?: VolumeSpec['writers'];
}

const writers = rule<VolumeSpec['writers']>(
  { is: "'one' or 'many'", why: 'it decides whether a replacement may start while its predecessor still writes' },
  value => value === 'one' || value === 'many',
);

const schema = members({ ...common, writers: z.optional(writers) });

/**
 * Data that outlives what writes it. It is protected: only a person who names it can have it destroyed, and then it stays for
 * the environment's grace period.
 */
export function volume(name: string, options: VolumeOptions = {}): VolumeHandle {
  declare(new Call('volume', name, volume), schema, options, () => ({
    spec: { writers: options.writers ?? 'one' } satisfies VolumeSpec,
    needs: [],
  }));
  return new Handle('volume', name);
}
