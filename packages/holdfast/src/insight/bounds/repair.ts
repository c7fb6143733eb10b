import { quotient, type Share } from '../../kit/percentage.ts';

/**
 * The availability of what fails now and then and is repaired by people or by itself: MTBF / (MTBF + MTTR), both in
 * whole milliseconds, rounded down at the 30th place. Where nobody is on call at night, the repair includes the night.
 */
export const availabilityByRepair = (betweenFailures: number, toRepair: number): Share =>
  quotient(BigInt(betweenFailures), BigInt(betweenFailures) + BigInt(toRepair));
