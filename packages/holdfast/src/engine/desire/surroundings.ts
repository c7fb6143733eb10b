import { exitCode, Problem } from '../../kit/problem.ts';
import type { Address } from '../../model/address.ts';
import type { Scope } from '../../model/identity.ts';
import { imageReference } from '../../model/image-reference.ts';
import type { Known, Resource } from '../../model/resource.ts';
import { isKnown } from '../../model/resource.ts';
import { isRef, isSecretValue, isText, type RefValue, type Value } from '../../model/value.ts';
import type { SealedText } from '../../ports/desires.ts';
import type { EnvironmentFacts } from './environment-facts.ts';
import type { HostPorts } from './host-ports.ts';
import { lookUp } from './look-up.ts';
import type { SubnetPool } from './subnets.ts';

/** Puts a keyed hash on a value that holds secrets. */
export type Seal = (value: Value) => SealedText;

/** What one resource may ask about the others and about the environment while its objects are specified. */
export class Surroundings {
  readonly scope: Scope;
  readonly facts: EnvironmentFacts;
  readonly ports: (engine: string) => HostPorts;
  readonly subnets: (engine: string) => SubnetPool;
  readonly #resources: ReadonlyMap<Address, Resource>;
  readonly #seal: Seal;
  readonly #names = new Map<Address, string>();
  readonly #published = new Map<Address, number>();
  readonly #subnets = new Map<Address, string>();

  constructor(parts: {
    scope: Scope;
    facts: EnvironmentFacts;
    ports: (engine: string) => HostPorts;
    subnets: (engine: string) => SubnetPool;
    resources: ReadonlyMap<Address, Resource>;
    seal: Seal;
  }) {
    this.scope = parts.scope;
    this.facts = parts.facts;
    this.ports = parts.ports;
    this.subnets = parts.subnets;
    this.#resources = parts.resources;
    this.#seal = parts.seal;
  }

  /** Settles what an object is called on its engine. */
  call(object: Address, name: string): void {
    this.#names.set(object, name);
  }

  nameOf(object: Address): string {
    return this.#names.get(object) ?? missing(object, 'has no name yet');
  }

  /** Settles the first host port of a service that publishes. */
  publish(service: Address, hostPort: number): void {
    this.#published.set(service, hostPort);
  }

  /** Settles the subnet of a network. */
  place(network: Address, subnet: string): void {
    this.#subnets.set(network, subnet);
  }

  hasOneWriter(volume: Address): boolean {
    const resource = this.#resources.get(volume);
    return resource !== undefined && isKnown('volume')(resource) && resource.spec.writers === 'one';
  }

  reference(image: Address): string {
    return imageReference(this.scope, this.image(image));
  }

  image(image: Address): Known<'image'> {
    const resource = this.#resources.get(image);
    return resource && isKnown('image')(resource) ? resource : missing(image, 'is no image');
  }

  /** A value with every reference looked up; secrets stay sealed. */
  sealed(value: Value): SealedText {
    return this.#seal(this.#looked(value));
  }

  /** What a reference is. */
  known(ref: RefValue): string {
    return this.#look(ref);
  }

  /** Plain data with every value in it that is known later, at any depth, as a {@link SealedText}. */
  settled(data: unknown): unknown {
    if (typeof data !== 'object' || data === null) return data;
    if (Array.isArray(data)) return data.map(item => this.settled(item));
    if (isRef(data) || isText(data) || isSecretValue(data)) return this.sealed(data);
    return Object.fromEntries(Object.entries(data).map(([key, item]) => [key, this.settled(item)]));
  }

  #looked(value: Value): Value {
    if (isRef(value)) return this.#look(value);
    if (isText(value)) return { $text: value.$text.map(part => this.#looked(part)) };
    return value;
  }

  #look(ref: RefValue): string {
    const { facts } = this;
    const portOf = (service: Address) => this.#published.get(service);
    const subnetOf = (network: Address) => this.#subnets.get(network);
    const found = lookUp(ref, { resources: this.#resources.values(), facts, portOf, subnetOf });
    return found ?? missing(ref.$ref.of, `has no ${ref.$ref.what}`);
  }
}

function missing(subject: Address, why: string): never {
  throw new Problem({
    what: `${subject} ${why}`,
    where: subject,
    fix: 'declare it before what uses it',
    exit: exitCode.wrongUse,
  });
}
