import type { InstanceState } from '../../../ports/desires.ts';
import type { Instances } from '../../../ports/instances.ts';
import type { Seen } from '../../../ports/provider.ts';
import type { Maker, TrialParts } from './engine-trials.ts';
import type { Trial } from './trial.ts';

/** A running container as a trial. */
export const trialOf = (instance: Seen, { instances, prober }: TrialParts): Trial => ({
  run: (command, signal) => instances.run(instance, command, signal),
  ask: (probe, signal) => prober(instance, probe, signal),
  isRunning: async () => ((await instances.look(instance)) as Seen<InstanceState> | undefined)?.state.running ?? false,
  lastWords: () => wordsOf(instance, instances),
});

/** For an image in which nothing can wait: each command has a container of its own. */
export const trialOfSingleRuns = (start: (command: readonly string[]) => Promise<Seen>, maker: Maker): Trial => ({
  async run(command, signal) {
    const instance = await start(command);
    const { instances } = maker.parts;
    try {
      const exitCode = await instances.ended(instance, signal);
      const said = { stdout: [] as string[], stderr: [] as string[] };
      for await (const { stream, text } of instances.logs(instance, {}, signal)) said[stream].push(text);
      return { exitCode, stdout: said.stdout.join('\n'), stderr: said.stderr.join('\n') };
    } finally {
      await maker.remove(instance);
    }
  },
  ask: async () => ({ ok: false, answer: 'it is not started', milliseconds: 0 }),
  isRunning: async () => true,
  lastWords: async () => [],
});

async function wordsOf(instance: Seen, instances: Instances): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const { text } of instances.logs(instance, { tail: 5 })) lines.push(text);
  return lines;
}
