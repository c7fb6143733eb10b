import type { Destruction } from '../../journal/fact.ts';
import type { Address } from '../../model/address.ts';
import type { ProbeSpec } from '../../model/spec/service-spec.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { RouteTable, Upstream } from '../../ports/desires.ts';
import type { Desired, Difference, Seen } from '../../ports/provider.ts';

/**
 * What is intended: plain data, computed by a pure function. It can be printed, compared, stored, approved, and
 * applied later. `steps` is the execution graph; `changes` says the same to people.
 */
export interface Plan {
  readonly format: 1;
  readonly system: string;
  readonly environment: string;
  readonly model: SystemModel;
  readonly steps: readonly Step[];
  readonly changes: readonly Change[];
  /** Objects that are as declared. */
  readonly kept: number;
  readonly renames: readonly Rename[];
  /** Data that is no longer declared, and stays. */
  readonly retained: readonly Retained[];
  /** Of that, what is to be destroyed when its grace period is over, from now on. */
  readonly scheduled: readonly Scheduled[];
  /** What was to be destroyed, and is not. */
  readonly cancelled: readonly Cancelled[];
  readonly notOurs: readonly Seen[];
  /** What a reader should know although nothing is done about it. */
  readonly notes: readonly string[];
}

/** Data that stays; where it was named to be destroyed, until then at least: ISO 8601, UTC. */
export interface Retained extends Seen {
  readonly due?: string;
}

/** What a plan has destroyed later. */
export interface Scheduled extends Destruction {
  /** In milliseconds: a plan that is applied later than it was made gives no less. */
  readonly grace: number;
}

export type Cancelled = Pick<Destruction, 'uid' | 'address'>;

export interface Rename {
  readonly uid: string;
  readonly from: Address;
  readonly to: Address;
}

export type Action =
  | 'create'
  | 'change'
  | 'replace'
  | 'remove'
  | 'rename'
  | 'run'
  | 'schedule'
  | 'cancel'
  | 'destroy'
  | 'route'
  | 'rotate';

/** One thing that will be different afterwards, for people. */
export interface Change {
  readonly action: Action;
  readonly address: Address;
  /** The declared resource it belongs to: `service/web` for `instance/web.1`. */
  readonly of: Address;
  readonly why: readonly Difference[];
  /** Whether the new one is there before the old one goes. */
  readonly order?: 'start-first' | 'stop-first';
  readonly about?: string;
  /** Of data that is destroyed: a person has named it before, and its grace period is over. */
  readonly isOverdue?: boolean;
  readonly notes: readonly string[];
}

/** Whether it takes data, now or later, so that a person has to name it. */
export const needsItsName = ({
  action,
  isOverdue,
}: Pick<Change, 'action'> & { isOverdue?: boolean | undefined }): boolean =>
  action === 'schedule' || (action === 'destroy' && !isOverdue);

interface StepBase {
  /** Unique in its plan, and readable: `ensure instance/web.1`. */
  readonly id: string;
  readonly address: Address;
  readonly engine: string;
  /** Ids of the steps that must be done before. */
  readonly after: readonly string[];
}

export type Step =
  | (StepBase & { readonly op: 'ensure'; readonly desired: Desired; readonly seen?: Seen })
  /** What nobody asked for at this time stays where it can't go: the next release tries again. */
  | (StepBase & { readonly op: 'remove'; readonly seen: Seen; readonly isOverdue?: boolean })
  /** Waits until the instance answers its probe, or, without one, has stayed up. */
  | (StepBase & { readonly op: 'gate'; readonly uid: string; readonly probe?: ProbeSpec })
  /** Waits until the task has ended well. */
  | (StepBase & { readonly op: 'finish'; readonly uid: string; readonly timeout: number })
  /** Moves traffic from one instance to another. */
  | (StepBase & {
      readonly op: 'shift';
      readonly edge: Address;
      readonly routes: readonly { readonly host: string; readonly path: string }[];
      readonly add: readonly Upstream[];
      readonly drop: readonly Upstream[];
      readonly drain: number;
    })
  /**
   * Makes the whole table of an edge so, and waits until what it led to before has answered. Without a table: gives a
   * new edge the one that its predecessor had.
   */
  | (StepBase & {
      readonly op: 'route';
      readonly edge: Address;
      readonly table?: readonly RouteTable[];
      readonly drain: number;
    });

export type Op = Step['op'];
export type StepOf<O extends Op> = Extract<Step, { op: O }>;

export const isNoop = ({ steps, renames, scheduled, cancelled }: Plan): boolean =>
  [steps, renames, scheduled, cancelled].every(({ length }) => length === 0);
