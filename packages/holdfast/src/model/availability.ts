import * as z from 'zod/mini';
import type { Call } from './declaration/call.ts';
import { percentage } from './rules.ts';
import type { ServiceSpec } from './spec/service-spec.ts';

/** How often the instances of a service are there: what bounds are reckoned with. */
export interface FigureOptions {
  /**
   * How much of the time an instance is there, of itself: not counting its machine, nor what it needs. An exact decimal
   * percentage: `'99.9%'`. It bounds what may be promised; without one, an instance counts as always there.
   */
  readonly availability?: string;
  /** The share of an instance's failures that take all instances at once, since they run one release: `'5%'`. Default 10%. */
  readonly commonCause?: string;
}

export const figureMembers = { availability: z.optional(percentage), commonCause: z.optional(percentage) };

type Figures = Pick<ServiceSpec, 'availability' | 'commonCause'>;

export const figuresOf = ({ availability, commonCause }: FigureOptions): Figures => ({
  ...(availability && { availability }),
  ...(commonCause && { commonCause }),
});

export function refuseFigures(call: Call, { availability, commonCause }: FigureOptions): void {
  if (commonCause && !availability) call.refuse(causeOfNothing(call.name));
}

const causeOfNothing = (service: string) => ({
  what: `service "${service}" has a commonCause and no availability`,
  why: 'it is a share of how often an instance fails, and nobody says how often that is',
  fix: "say it: availability: '99.9%', or leave `commonCause` out",
});
