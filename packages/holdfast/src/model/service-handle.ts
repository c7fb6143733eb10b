import { nearest } from '../kit/nearest.ts';
import { callSite } from './declaration/call-site.ts';
import { addressOfHandle, Handle, subject } from './declaration/handle.ts';
import { report } from './declaration/wrong.ts';
import { type Ref, refTo } from './ref.ts';

const mark: unique symbol = Symbol.for('holdfast.port') as never;

/** One port of a service: what a route leads to. */
export class PortHandle<P extends string = string> {
  readonly service: ServiceHandle<string>;
  readonly name: P;
  readonly number: number;
  readonly [mark] = true;

  constructor(service: ServiceHandle<string>, name: P, number: number) {
    this.service = service;
    this.name = name;
    this.number = number;
  }
}

export const isPort = (value: unknown): value is PortHandle =>
  typeof value === 'object' && value !== null && mark in value;

interface Facts {
  readonly replicas?: number;
  readonly ports?: Readonly<Record<string, number>>;
}

/** Stands for a declared service. */
export class ServiceHandle<out P extends string = string> extends Handle<'service'> {
  readonly #facts: Facts | undefined;

  /** Without facts, it stands for a service that was refused: nothing further is said about it. */
  constructor(name: string, facts: Facts | undefined) {
    super('service', name);
    this.#facts = facts;
  }

  /** The name under which its one instance is reached on its networks. */
  get host(): Ref<string> {
    if ((this.#facts?.replicas ?? 1) > 1) this.#refuseHost();
    return refTo(addressOfHandle(this), 'host');
  }

  /** One of its ports, by name. */
  port<N extends P>(name: N): PortHandle<N> {
    const number = this.#facts?.ports?.[name];
    if (this.#facts && number === undefined) this.#refusePort(name);
    return new PortHandle(this, name, number ?? 0);
  }

  #refuseHost(): void {
    const getter = Object.getOwnPropertyDescriptor(ServiceHandle.prototype, 'host')?.get;
    report({
      what: `${subject(this.kind, this.name)} has no single host: it has ${this.#facts?.replicas} replicas`,
      where: callSite(getter ?? this.port),
      why: 'one name for several instances would go on leading to those that are unhealthy or being replaced',
      fix: `reach it through an edge, which knows who is well: const door = edge('door', { …, routes: { '${this.name}.internal': ${this.name}.port('http') } }), then door.url('/…')`,
    });
  }

  #refusePort(name: string): void {
    const known = Object.keys(this.#facts?.ports ?? {});
    const meant = nearest(name, known);
    report({
      what: `${subject(this.kind, this.name)} has no port "${name}"`,
      where: callSite(this.port),
      why: known.length > 0 ? `its ports are ${known.join(', ')}` : 'it declares no ports',
      fix: meant ? `did you mean '${meant}'?` : `declare it: ports: { ${name}: 8080 }`,
    });
  }
}
