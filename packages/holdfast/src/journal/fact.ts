import type { Address } from '../model/address.ts';
import type { SystemModel } from '../model/system-model.ts';
import type { BackupRestored } from './backup-restored.ts';
import type { CheckRan, DeclarationChecked, PromiseMeasured } from './evidence.ts';

/** How a release ended. */
export type ReleaseOutcome = 'kept' | 'failed' | 'rolled-back' | 'interrupted';

/**
 * Everything that can have happened, by kind. A new kind is a new member here; a reader tolerates kinds that it does
 * not know, so that an older one can read a newer journal.
 */
export interface Payloads {
  /** A release holds the whole model and every digest: rollback, promotion and blame read it and nothing else. */
  'release.begun': {
    readonly model: SystemModel;
    readonly verb: string;
    readonly goingBackFrom?: string;
    /** What its secrets were, by their keyed hashes: so that going back finds the values that it had. */
    readonly secrets?: Readonly<Record<string, string>>;
  };
  'release.ended': { readonly outcome: ReleaseOutcome; readonly reason?: string; readonly milliseconds: number };
  /** Written before an effect: what is about to be done, to which object. */
  'step.intended': {
    readonly step: string;
    readonly op: string;
    readonly address: Address;
    readonly uid?: string;
    readonly name?: string;
    readonly engine: string;
  };
  'step.done': { readonly step: string; readonly id?: string; readonly milliseconds: number; readonly note?: string };
  'step.failed': { readonly step: string; readonly problem: unknown; readonly milliseconds: number };
  'lease.taken': { readonly owner: LeaseOwner; readonly token: number; readonly from?: LeaseOwner };
  'lease.left': { readonly token: number };
  'resource.renamed': { readonly uid: string; readonly from: Address; readonly to: Address };
  /** A person named data that is no longer declared: it is destroyed when its time has come, and not before. */
  'destruction.scheduled': Destruction;
  /** It is declared again, or nothing may be destroyed there any more. */
  'destruction.cancelled': Pick<Destruction, 'uid' | 'address'>;
  /** What holds data is no longer there: a person had named it, or the environment. */
  'destruction.done': Pick<Destruction, 'uid' | 'address'>;
  'secret.generated': { readonly name: string };
  /** A person gave a secret another value, or had another one made. */
  'secret.set': { readonly name: string };
  'secret.rotated': {
    readonly name: string;
    /** Where `up` has done it by itself: `12 days left`. */
    readonly why?: string;
  };
  /** Secrets that lay elsewhere, in clear as a rule, are in the sealed file. */
  'secret.taken-over': { readonly names: readonly string[]; readonly from: string };
  /** Who can read the secrets has changed, by name. */
  'secret.rekeyed': { readonly added: readonly string[]; readonly removed: readonly string[] };
  /** An image was made of these inputs, and is this digest. */
  'image.baked': {
    readonly image: Address;
    readonly inputs: string;
    readonly digest: string;
    readonly milliseconds: number;
    /** Hosts that were contacted for it. */
    readonly contacted: readonly string[];
  };
  /** An image passed its checks: the signed record of it, by SHA-256. */
  'image.sealed': {
    readonly image: Address;
    readonly inputs: string;
    readonly digest: string;
    readonly record: string;
    readonly checks: number;
    /** Whether a second bake gave the same bits; absent where none was made. */
    readonly reproducible?: boolean;
    readonly milliseconds: number;
  };
  /** An image did not pass. */
  'image.refused': {
    readonly image: Address;
    readonly inputs: string;
    readonly digest: string;
    readonly failed: readonly string[];
  };
  'check.ran': CheckRan;
  'declaration.checked': DeclarationChecked;
  'promise.measured': PromiseMeasured;
  /** The guardian of a database cluster found members dead, and did something about it. */
  'guardian.acted': GuardianActed;
  /** Written before a job is started, so that nobody starts it for the same time again. */
  'job.started': JobSlot;
  /** `late`: it took longer than it may, and was stopped. `lost`: nobody saw how it ended. */
  'job.ended': JobSlot & { readonly outcome: JobOutcome; readonly exitCode?: number; readonly milliseconds: number };
  /** Its time came while the run before had not ended. */
  'job.skipped': JobSlot;
  /** A database was copied: what may be restored, and is proved by nothing but that. */
  'backup.taken': BackupSlot & { readonly label: string; readonly bytes?: number; readonly milliseconds: number };
  'backup.failed': BackupSlot & { readonly reason: string; readonly milliseconds: number };
  /** A server was made of a backup, or one could not be: what shows that it is worth something. */
  'backup.restored': BackupRestored;
  'environment.removed': { readonly withData: boolean };
  /** A payload was taken away: which fact's, and why. It stands in the chain, so that nobody can take one unseen. */
  'fact.redacted': { readonly seq: number; readonly reason: string };
}

/** Of one object that holds data. */
export interface Destruction {
  readonly uid: string;
  readonly address: Address;
  readonly kind: string;
  /** What the environment calls it. */
  readonly engine: string;
  /** Not before: ISO 8601, UTC. */
  readonly due: string;
}

/** One time at which a job is to run. */
export interface JobSlot {
  readonly job: Address;
  /** ISO 8601, UTC. */
  readonly slot: string;
}

/** One time at which a backup is to be taken. */
export interface BackupSlot {
  readonly cluster: Address;
  /** All of it, or what has changed since the last that was all. */
  readonly type: 'full' | 'diff';
  /** ISO 8601, UTC. */
  readonly slot: string;
}

export type JobOutcome = 'ended' | 'late' | 'lost';

export interface GuardianActed {
  readonly cluster: string;
  /** When it began: ISO 8601, UTC. The journal may have been away then. */
  readonly began: string;
  /** Who led in the end, as far as it was read. */
  readonly leader?: string;
  readonly steps: readonly GuardianStep[];
  readonly milliseconds: number;
}

export interface GuardianStep {
  readonly step: 'fence' | 'claim' | 'take-address' | 'depose' | 'give-address-back' | 'start' | 'ask' | 'release';
  readonly member?: string;
  readonly milliseconds: number;
}

export interface LeaseOwner {
  readonly user: string;
  readonly host: string;
  /** Tells one run of the machine, and one space of pids in it, from the next; empty where nobody can tell. */
  readonly boot: string;
  readonly pid: number;
  /** When the process started, in the kernel's words, so that a pid used again is told apart. */
  readonly started: string;
  /** What it is doing: `holdfast up`. */
  readonly doing: string;
}

export type FactKind = keyof Payloads;

/** A fact before the journal has it. */
export type FactDraft<K extends FactKind = FactKind> = {
  readonly [P in K]: {
    readonly kind: P;
    readonly system: string;
    readonly environment: string;
    readonly release?: string;
    readonly payload: Payloads[P];
  };
}[K];

/** A fact in the journal: the envelope, version 1. */
export interface Envelope {
  readonly format: 1;
  /** From 1, without a gap. */
  readonly seq: number;
  readonly id: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
  /** How far off `at` may be, in milliseconds, where a human gave it. */
  readonly uncertainty?: number;
  /** Who: a person's user@host, or an agent's name. */
  readonly actor: string;
  readonly system: string;
  readonly environment: string;
  readonly release?: string;
  readonly kind: string;
}

export type Fact<K extends FactKind = FactKind> = {
  readonly [P in K]: Envelope & { readonly kind: P; readonly payload: Payloads[P] };
}[K];

/** A fact as stored, which may be of a kind from the future, or redacted. */
export interface StoredFact extends Envelope {
  readonly payload: unknown;
  /** Why the payload is no longer there. */
  readonly redacted?: string;
}

export const isFact = <K extends FactKind>(fact: StoredFact, kind: K): fact is StoredFact & Fact<K> =>
  fact.kind === kind && fact.redacted === undefined;

/** Makes a fact durable. What stages are handed: they know no store. */
export type Recorder = (fact: FactDraft) => Promise<void>;
