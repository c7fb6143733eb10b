import type { ProbeSpec } from '../model/spec/service-spec.ts';
import type { Seen } from './provider.ts';

/** One answer of one probe. */
export interface ProbeAnswer {
  readonly ok: boolean;
  /** In words: `503 Service Unavailable: {"database":"down"}`, `connection refused`. */
  readonly answer: string;
  readonly milliseconds: number;
  /** It is not well yet, and came further since it was last asked: time begins anew for who waits for it. */
  readonly advances?: boolean;
}

/** Asks an instance whether it is well, once. Never throws for an instance that is not. */
export type Prober = (instance: Seen, probe: ProbeSpec, signal?: AbortSignal) => Promise<ProbeAnswer>;
