/** Ends with 0 when a Docker Engine answers, found as Holdfast itself finds it; else with 3, and with --why says why. */
import { asProblem, exitCode } from '../packages/holdfast/src/kit/problem.ts';
import { connectDocker } from '../packages/holdfast/src/providers/docker/host/connect.ts';

try {
  await connectDocker({ patience: 3_000 });
} catch (error) {
  const { what, why, evidence = [] } = asProblem(error).parts;
  if (process.argv.includes('--why')) console.log([why ?? what, ...evidence].join('\n'));
  process.exitCode = exitCode.unreachable;
}
