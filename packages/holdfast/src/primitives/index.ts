/**
 * What parts such as `postgres()` and `edge()` are made of, beside the language of `system.ts`: for who copies one and
 * changes it, or writes one. In a copy, this stands for all that is imported from `model`, `kit` and `zod/mini`.
 */

export * as z from 'zod/mini';
export * from '../index.ts';
export { isDuration, toMilliseconds } from '../kit/duration.ts';
export { isSize, toBytes } from '../kit/size.ts';
export { address } from '../model/address.ts';
export { agentInside } from '../model/agent-inside.ts';
export { type FigureOptions, figureMembers } from '../model/availability.ts';
export { type ClusterHandle, type ClusterOptions, cluster } from '../model/cluster.ts';
export { type DatabaseHandle, type DatabaseOptions, database } from '../model/database/database.ts';
export {
  type ExtensionHandle,
  type ExtensionOptions,
  extension,
  extensionName,
} from '../model/database/extension.ts';
export { identifier } from '../model/database/inside.ts';
export {
  type LoginHandle,
  type LoginOptions,
  login,
  type RoleHandle,
  type RoleOptions,
  role,
} from '../model/database/role.ts';
export { addressOfHandle, isHandle } from '../model/declaration/handle.ts';
export { holds } from '../model/declaration/holds.ts';
export { label } from '../model/declaration/label.ts';
export { common, handleOf } from '../model/declaration/options.ts';
export { members, rule } from '../model/declaration/rule.ts';
export { slot } from '../model/declaration/slot.ts';
export { edgeInside } from '../model/edge-inside.ts';
export { refTo, type ValueInput } from '../model/ref.ts';
export { type RouteTable, routes } from '../model/routes.ts';
export { flag, isHostName, portNumber, wholeNumber } from '../model/rules.ts';
export { networksOf, runSpec } from '../model/run.ts';
export { isPort, ServiceHandle } from '../model/service-handle.ts';
export type { ClusterBackups } from '../model/spec/cluster-spec.ts';
