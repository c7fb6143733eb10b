import { labels } from '../../../model/identity.ts';
import type { InstanceDesire } from '../../../ports/desires.ts';
import type { Labels } from '../labels.ts';
import { bornWithOf, digestsOf, type Parts } from './parts.ts';

const parts = 'holdfast.born-parts';
const sealedEnv = 'holdfast.sealed-env';
const stopBefore = 'holdfast.stop-before';

/** What a container remembers of the specification that it was born with. */
export interface Born {
  readonly with: string;
  /** The digest of each part, in the order of the specification. */
  readonly parts: Readonly<Record<string, string>>;
  /** The environment variables that hold secrets. */
  readonly sealedEnv: ReadonlySet<string>;
  /** What it runs before it is stopped on purpose. */
  readonly stopBefore?: readonly string[];
}

export const bornLabels = (spec: InstanceDesire, declared: Parts): Record<string, string> => ({
  [labels.bornWith]: bornWithOf(declared),
  [parts]: JSON.stringify(digestsOf(declared)),
  [sealedEnv]: sealedKeys(spec).join(','),
  ...(spec.stopBefore && { [stopBefore]: JSON.stringify(spec.stopBefore) }),
});

const sealedKeys = ({ env }: InstanceDesire): string[] =>
  Object.entries(env).flatMap(([key, { seal }]) => (seal === undefined ? [] : [key]));

export const bornOf = (found: Labels): Born => ({
  with: found[labels.bornWith] ?? '',
  parts: JSON.parse(found[parts] ?? '{}'),
  sealedEnv: new Set((found[sealedEnv] ?? '').split(',').filter(Boolean)),
  ...(found[stopBefore] && { stopBefore: JSON.parse(found[stopBefore]) }),
});
