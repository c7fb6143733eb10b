import timers from 'node:timers';
import promises from 'node:timers/promises';
import { type Effect, type Original, standIn, takeOver } from './refuse.ts';

const effect = (name: string): Effect => ({
  name: `${name}()`,
  why: 'a declaration is over when the callback of system() returns: what comes later belongs to no system, and waiting depends on the clock',
  fix: 'call it at once; to order what runs, pass handles or use `needs`',
});

const names = ['setTimeout', 'setInterval', 'setImmediate'] as const;

/** The longest that a timer can be set to. */
const never = 2 ** 31 - 1;

/** A package's timers stay pending: they neither fire nor hold the process. */
export function poisonTimers(): void {
  const start = setTimeout;
  const pending = () => start(() => {}, never).unref();
  const change = (original: Original, name: string) => standIn(original, effect(name), pending);
  takeOver(timers, names, change);
  takeOver(globalThis, names, change);
  takeOver(promises, names, (original, name) => standIn(original, effect(name), () => new Promise(() => {})));
  takeOver(promises.scheduler, ['wait'], original =>
    standIn(original, effect('scheduler.wait'), () => new Promise(() => {})),
  );
}
