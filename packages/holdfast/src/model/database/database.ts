import * as z from 'zod/mini';
import { Call, declare } from '../declaration/call.ts';
import { addressOfHandle, Handle } from '../declaration/handle.ts';
import { type CommonOptions, common, handleOf } from '../declaration/options.ts';
import { members } from '../declaration/rule.ts';
import { type Ref, refTo } from '../ref.ts';
import type { DatabaseSpec } from '../spec/database-specs.ts';
import { identifier, nameInside, needsOfInside } from './inside.ts';
import type { RoleHandle } from './role.ts';

export interface DatabaseOptions extends CommonOptions {
  readonly cluster: Handle<'cluster'>;
  /** What it is called inside. Default: its name, with `_` for `-`. */
  readonly named?: string;
  readonly owner: RoleHandle;
}

/** Stands for a declared database inside of a cluster. */
export class DatabaseHandle extends Handle<'database'> {
  readonly inside: string;

  constructor(name: string, inside: string) {
    super('database', name);
    this.inside = inside;
  }

  /** What it is called inside. What uses it comes after it. */
  get named(): Ref<string> {
    return refTo(addressOfHandle(this), 'name');
  }
}

const schema = members({
  ...common,
  cluster: handleOf('cluster'),
  named: z.optional(identifier),
  owner: handleOf('role'),
});

/**
 * Data inside of a cluster. It is protected as a volume is: only a person who names it can have it destroyed, and then it
 * stays for the environment's grace period.
 */
export function database(name: string, options: DatabaseOptions): DatabaseHandle {
  const call = new Call('database', name, database);
  const { named = nameInside(name) }: Partial<DatabaseOptions> = Object(options);
  declare(call, schema, options, () => ({
    spec: {
      cluster: addressOfHandle(options.cluster),
      name: named,
      owner: options.owner.inside,
    } satisfies DatabaseSpec,
    needs: needsOfInside(call, options.cluster, [options.owner]),
  }));
  return new DatabaseHandle(name, named);
}
