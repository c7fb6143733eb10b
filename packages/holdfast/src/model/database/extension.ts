import * as z from 'zod/mini';
import { Call, declare } from '../declaration/call.ts';
import { addressOfHandle, Handle } from '../declaration/handle.ts';
import { type CommonOptions, common, handleOf } from '../declaration/options.ts';
import { members, rule } from '../declaration/rule.ts';
import { type Ref, refTo } from '../ref.ts';
import { someText } from '../rules.ts';
import type { ExtensionSpec } from '../spec/database-specs.ts';
import type { DatabaseHandle } from './database.ts';
import { needsOfInside } from './inside.ts';

/** Stands for a declared extension of a database. */
export class ExtensionHandle extends Handle<'extension'> {
  constructor(name: string) {
    super('extension', name);
  }

  /** What its database is called inside. What uses it comes after the extension. */
  get database(): Ref<string> {
    return refTo(addressOfHandle(this), 'database');
  }
}

export interface ExtensionOptions extends CommonOptions {
  readonly cluster: Handle<'cluster'>;
  readonly database: DatabaseHandle;
  /** What PostgreSQL calls it, as in `'pg_trgm'`. */
  readonly named: string;
  /** Default: the one that the server's image brings along; an older one is brought up to it. */
  readonly version?: string;
}

export const extensionName = rule<string>(
  { is: 'the name of an extension', fix: "write it as in 'pg_trgm'" },
  value => typeof value === 'string' && /^[a-z][a-z0-9_-]{0,62}$/.test(value),
);

const schema = members({
  ...common,
  cluster: handleOf('cluster'),
  database: handleOf('database'),
  named: extensionName,
  version: z.optional(someText),
});

/** What PostgreSQL can do besides, in one database. */
export function extension(name: string, options: ExtensionOptions): ExtensionHandle {
  const call = new Call('extension', name, extension);
  declare(call, schema, options, () => ({
    spec: {
      cluster: addressOfHandle(options.cluster),
      database: options.database.inside,
      name: options.named,
      ...(options.version !== undefined && { version: options.version }),
    } satisfies ExtensionSpec,
    needs: needsOfInside(call, options.cluster, [options.database]),
  }));
  return new ExtensionHandle(name);
}
