import type { Address } from '../../model/address.ts';
import { addressOf } from '../../model/resource.ts';
import type { SystemModel } from '../../model/system-model.ts';
import { append } from './order.ts';

/** Who needs whom, by models together: the one that is to be, and the one that was. */
export class Kinship {
  readonly #needs = new Map<Address, Address[]>();
  readonly #users = new Map<Address, Address[]>();

  constructor(models: readonly SystemModel[]) {
    for (const { resources } of models)
      for (const resource of resources)
        for (const need of resource.needs) {
          append(this.#needs, addressOf(resource), need);
          append(this.#users, need, addressOf(resource));
        }
  }

  needsOf(resource: Address): readonly Address[] {
    return this.#needs.get(resource) ?? [];
  }

  usersOf(resource: Address): readonly Address[] {
    return this.#users.get(resource) ?? [];
  }
}
