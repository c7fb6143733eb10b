import { join } from 'node:path';
import type { ReportOutput } from '../packages/holdfast/src/verify/report/json-format.ts';
import { type Project, sharedStore } from '../scenarios/support/project.ts';
import { checkedProject } from './support/checks/project.ts';
import { peerName, serverspec } from './support/checks/serverspec.ts';
import { installedIn } from './support/installed.ts';
import { type Measured, measure, median, report } from './support/measure.ts';

/**
 * A thousand checks over ten containers that run, 100 of them commands: `holdfast check`, from the start of the process
 * to its end, against serverspec with the same sentences in the same containers. The command is that of the package as it is
 * installed, not of the work tree, which runs from source and starts slower.
 */
const runs = Number(process.env.BENCH_RUNS ?? 3);

async function thousandChecks(): Promise<void> {
  const checked = await checkedProject();
  try {
    await allPass(checked);
    const cli = await installedIn(checked.folder);
    const env = { ...sharedStore, XDG_STATE_HOME: join(checked.folder, '.state'), NO_COLOR: '1' };
    const check = () => measure([...cli, 'check'], { cwd: checked.folder, env });
    // A short one meets a moment, a long one the average: ours are measured before the peer and after it.
    const before = await median(runs, check);
    const asGiven = await serverspec(checked, 1);
    const between = await median(runs, check);
    const atBest = await serverspec(checked, 2);
    const after = await median(runs, check);
    const ways = [
      { ours: mean(before, between), peer: asGiven, peerName: `${peerName}, one rspec after another` },
      { ours: mean(between, after), peer: atBest, peerName: `${peerName}, two rspec at a time` },
    ];
    for (const { ours, peer, ...way } of ways) {
      report('checks', { case: '1000-checks', ...way, ours: ours.seconds, peer: peer.seconds, unit: 's' });
      const memory = { ours: ours.megabytes, peer: peer.megabytes, unit: 'MB' } as const;
      report('checks', { case: '1000-checks memory', ...way, ...memory });
    }
  } finally {
    await checked.remove();
  }
}

const mean = (a: Measured, b: Measured): Measured => ({
  seconds: (a.seconds + b.seconds) / 2,
  megabytes: Math.max(a.megabytes, b.megabytes),
});

/** Throws where a sentence is not so, or where another way was needed than the one that is measured. */
async function allPass(checked: Project): Promise<void> {
  const { stdout } = await checked.must('check', '--json');
  const { targets }: ReportOutput = JSON.parse(stdout);
  const results = targets.flatMap(({ checks }) => checks).flatMap(check => check.results);
  const passed = results.filter(({ status, derived }) => status === 'passed' && !derived);
  const commands = passed.filter(({ tier }) => tier === 'session').length;
  if (passed.length !== 1_000 || commands !== 100)
    throw new Error(`${passed.length} sentences hold, ${commands} of them of commands`);
}

await thousandChecks();
