import { timeOfDay } from '../show/moment.ts';
import type { Screen } from '../show/screen.ts';
import { linesOf, Told } from './lines.ts';
import type { Reporter } from './reporter.ts';

/** Lines with the time of day, where nobody watches: a log, a pipeline. */
export function plainReporter(screen: Screen): Reporter {
  const told = new Told();
  return {
    tell(event) {
      told.hear(event);
      const lines = linesOf(event, { paint: screen.palette, width: screen.width, told });
      const isTimed = event.event !== 'planned' && event.event !== 'result';
      screen.print(isTimed ? lines.map(line => `${screen.palette.dim(timeOfDay(event.at))} ${line}`) : lines);
    },
    rest: () => {},
  };
}
