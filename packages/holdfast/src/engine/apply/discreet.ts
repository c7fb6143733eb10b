import type { Instances } from '../../ports/instances.ts';
import type { Prober } from '../../ports/prober.ts';

type Scrub = (text: string) => string;

/**
 * What instances say ends up in the journal and in the logs of a CI when a gate fails. An application that prints its
 * own password must not put it there for good.
 */
export const discreetProber =
  (prober: Prober, scrub: Scrub): Prober =>
  async (...asked) => {
    const answer = await prober(...asked);
    return { ...answer, answer: scrub(answer.answer) };
  };

/** The same for log lines. */
export const discreetInstances = (instances: Instances, scrub: Scrub): Instances => ({
  ...instances,
  async *logs(...asked) {
    for await (const line of instances.logs(...asked)) yield { ...line, text: scrub(line.text) };
  },
});
