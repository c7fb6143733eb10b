import { callerOf } from './caller.ts';
import { type Effect, type Original, refuse, standIn, takeOver } from './refuse.ts';

const effect = (name: string): Effect => ({
  name,
  why: 'the clock tells each evaluation another time',
  fix: 'write the time down as a constant, or let the service ask for it when it runs',
});

/** What packages are told: the turn of the millennium. */
const fixed = Date.UTC(2000, 0, 1);

export function poisonClock(): void {
  const RealDate = Date;
  const now = standIn(RealDate.now as Original, effect('Date.now()'), () => fixed);
  globalThis.Date = clocklessDate(RealDate);
  RealDate.now = now as () => number;
  takeOver(performance, ['now'], original => standIn(original, effect('performance.now()'), () => 0));
  poisonHrtime();
}

/** A Date that may be made of a given time, but not of the present one. */
function clocklessDate(RealDate: DateConstructor): DateConstructor {
  const clockless: DateConstructor = new Proxy(RealDate, {
    construct: function construct(target, args, newTarget) {
      const given = args.length > 0 || callerOf(construct) === 'node' ? args : present('new Date()', construct);
      return Reflect.construct(target, given, newTarget);
    },
    apply: function apply() {
      return new RealDate(...(present('Date()', apply) as [number])).toString();
    },
  });
  RealDate.prototype.constructor = clockless;
  return clockless;
}

function present(name: string, callee: Original): readonly unknown[] {
  if (callerOf(callee) === 'user') refuse(effect(name), callee);
  return [fixed];
}

function poisonHrtime(): void {
  const bigint = standIn(process.hrtime.bigint as Original, effect('process.hrtime.bigint()'), () => 0n);
  takeOver(process, ['hrtime'], original =>
    Object.assign(
      standIn(original, effect('process.hrtime()'), () => [0, 0]),
      { bigint },
    ),
  );
}
