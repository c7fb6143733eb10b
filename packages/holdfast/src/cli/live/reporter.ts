import type { LiveEvent } from '../output/event.ts';

/** Follows what a verb does, for a person or for a machine. */
export interface Reporter {
  tell(event: LiveEvent): void;
  /** Leaves the screen to something else, such as a question. */
  rest(): void;
}

type Untimed<E> = E extends LiveEvent ? Omit<E, 'at'> : never;

/** Tells an event at the present time. */
export type Tell = (event: Untimed<LiveEvent>) => void;

export const jsonReporter = (out: Pick<NodeJS.WriteStream, 'write'>): Reporter => ({
  tell: event => void out.write(`${JSON.stringify(event)}\n`),
  rest: () => {},
});
