/** The language of `system.ts`. */

export type { Duration } from './kit/duration.ts';
export { Problem, type ProblemParts, Problems } from './kit/problem.ts';
export type { Size } from './kit/size.ts';
export {
  type AuthorityHandle,
  authority,
  type CertificateHandle,
  type CertificateOptions,
  certificate,
} from './model/certificate.ts';
export {
  type FactSource,
  type OwnMatcher,
  type OwnMatchers,
  type OwnSubject,
  type OwnType,
  type SubjectTypeOptions,
  subjectType,
} from './model/check/subject-type.ts';
export { type HostHandle, host, type OutsideHandle, outside } from './model/check/target.ts';
export { type WaiverOptions, waive } from './model/check/waiver.ts';
export { type CheckHandle, type CheckOptions, type CheckTarget, check } from './model/check.ts';
export type { Handle } from './model/declaration/handle.ts';
export type { CommonOptions } from './model/declaration/options.ts';
export type { Env } from './model/env.ts';
export { type ImageHandle, type ImageOptions, image, type RecipeImage } from './model/image.ts';
export { type NetworkHandle, type NetworkOptions, network } from './model/network.ts';
export type { OutsideProbe } from './model/outside-probe.ts';
export { type HttpProbeOptions, type Probe, type ProbeOptions, probe } from './model/probe.ts';
export type { AlertOptions } from './model/promise/alert.ts';
export { type FailoverOptions, type Fault, failover, type Losing, loss, outage } from './model/promise/fault.ts';
export type { Objective } from './model/promise/objective.ts';
export type { RiskOptions } from './model/promise/risk.ts';
export { type PromiseHandle, type PromiseOptions, promise } from './model/promise.ts';
export { type Base, type DebianOptions, debian } from './model/recipe/debian.ts';
export { type HoldfastOptions, holdfast } from './model/recipe/holdfast.ts';
export {
  type CopyOptions,
  copy,
  type NodejsOptions,
  type NpmCiOptions,
  nodejs,
  npm,
  type PackagesOptions,
  packages,
  type RunOptions as RunStepOptions,
  run,
  type Step,
  type UserOptions,
  user,
} from './model/recipe/steps.ts';
export { Ref } from './model/ref.ts';
export type { FileOptions, LimitOptions, RunOptions, TextInput } from './model/run.ts';
export { type SecretHandle, type SecretOptions, secret } from './model/secret.ts';
export { type ServiceOptions, service } from './model/service.ts';
export type { PortHandle, ServiceHandle } from './model/service-handle.ts';
export type { OutsideSubjects } from './model/subjects/answers.ts';
export type { HostSubjects, ImageSubjects, ServiceSubjects } from './model/subjects/targets.ts';
export { system } from './model/system.ts';
export type { SystemModel } from './model/system-model.ts';
export {
  type JobHandle,
  type JobOptions,
  type MigrationHandle,
  type MigrationOptions,
  migration,
} from './model/task.ts';
export { type TeamHandle, type TeamOptions, team } from './model/team.ts';
export { text } from './model/text.ts';
export { type Inputs, resource, type ThingHandle } from './model/thing.ts';
export { type UpstreamHandle, type UpstreamOptions, upstream } from './model/upstream.ts';
export { type VolumeHandle, type VolumeOptions, volume } from './model/volume.ts';
export { type EdgeHandle, type EdgeOptions, type EdgeRoutes, edge } from './parts/edge.ts';
export { job } from './parts/job.ts';
export { type PostgresHandle, type PostgresOptions, postgres } from './parts/postgres.ts';
