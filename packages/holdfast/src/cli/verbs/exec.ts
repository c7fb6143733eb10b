import { exitCode, Problem } from '../../kit/problem.ts';
import type { CommonOptions, Verb } from '../call.ts';
import { chosen, type Named, withRestored } from '../ground/instances.ts';
import { looking } from '../ground/looking.ts';
import { hasPerson } from '../outside.ts';

/** Runs a command inside an instance; its exit code is ours. */
export const exec: Verb<CommonOptions, [instance: string, command: readonly string[]]> = (call, name, command) =>
  looking(call, async stage => {
    if (command.length === 0) throw noCommand(name);
    const { stdin: input, stdout: output, stderr: error } = call.outside;
    const { seen } = running(name, chosen(await withRestored(stage), [name]));
    return stage.instances.attach(seen, command, { input, output, error, interactive: hasPerson(call.outside) });
  });

function running(name: string, meant: readonly Named[]): Named {
  const found = meant.find(({ seen }) => seen.state.running);
  if (found) return found;
  throw new Problem({
    what: `no instance of ${name} is running`,
    why: meant.map(one => `${one.name}: ${one.seen.about}`).join('; '),
    fix: 'see why with `holdfast logs`, and mend it with `holdfast up`',
    exit: exitCode.failed,
  });
}

const noCommand = (name: string): Problem =>
  new Problem({
    what: 'exec was given no command',
    fix: `write it behind two hyphens: holdfast exec ${name} -- sh`,
    exit: exitCode.wrongUse,
  });
