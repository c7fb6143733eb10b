import { type Address, nameIn } from '../../model/address.ts';
import { addressOf, type Known } from '../../model/resource.ts';
import type { WaiverSpec } from '../../model/spec/check-spec.ts';
import type { PromiseSpec } from '../../model/spec/promise-spec.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';

/** What a check says may be otherwise for a while, and somebody answers for that. */
export interface CheckWaiver {
  readonly check: Address;
  readonly waiver: WaiverSpec;
}

export const waiversIn = (check: Known<'check'>): readonly CheckWaiver[] =>
  (check.spec.waivers ?? []).map(waiver => ({ check: addressOf(check), waiver }));

/** The waivers of all checks that a promise rests on, also of those of the promises that it is given. */
export function waiversOf(promise: Address, model: SystemModel): readonly CheckWaiver[] {
  const checks = checksBelow(promise, new Map(resourcesOf(model, 'promise').map(one => [addressOf(one), one.spec])));
  return resourcesOf(model, 'check')
    .filter(check => checks.has(addressOf(check)))
    .flatMap(waiversIn);
}

function checksBelow(promise: Address, all: ReadonlyMap<Address, PromiseSpec>): ReadonlySet<Address> {
  const found = new Set([promise]);
  for (const one of found) for (const below of restsOn(all.get(one))) found.add(below);
  return found;
}

const restsOn = (spec: PromiseSpec | undefined): readonly Address[] =>
  spec ? [...spec.checks, ...spec.given, ...(spec.measured?.type === 'check' ? [spec.measured.check] : [])] : [];

/** `"/app exists" of check web is waived by crew until 2026-12-31: it moves next week`. */
export function spellWaiver({ check, waiver: { sentence, owner, because, until } }: CheckWaiver): string {
  const what = sentence === undefined ? 'all of' : `"${sentence}" of`;
  return `${what} check ${nameIn(check)} is waived by ${nameIn(owner)} until ${until}: ${because}`;
}
