import { say } from './log.ts';

/** When asked to stop: finishes what is under way, then ends with 0. */
export function onStop(finish: () => Promise<void>): void {
  const leave = async () => {
    say('asked to stop');
    await finish();
    say('stopped');
    process.exit(0);
  };
  process.once('SIGTERM', leave);
  process.once('SIGINT', leave);
}
