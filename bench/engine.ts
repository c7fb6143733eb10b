import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { liveSystem } from './support/live.ts';
import { type Measured, measure, median, report } from './support/measure.ts';
import { terraformProject } from './support/terraform.ts';

/**
 * The engine against Terraform, whole process, on systems of trivial resources: ours are rows on a shelf that is read
 * at each plan (support/shelf.ts), Terraform's are `terraform_data`. And a live system of 200 containers.
 *
 * What Terraform takes too long for (10,000 applied: over 50 minutes) is compared with what was measured once on this
 * kind of machine; `peerName` says so.
 */
const root = join(import.meta.dirname, '..');
const cli = [process.execPath, '--conditions=holdfast-source', join(root, 'packages/holdfast/src/cli/main.ts')];
const runs = Number(process.env.BENCH_RUNS ?? 3);

class Bench {
  readonly #folder: string;
  readonly #count: number;

  constructor(folder: string, count: number) {
    this.#folder = folder;
    this.#count = count;
  }

  static async of(count: number): Promise<Bench> {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
    await mkdir(join(folder, 'node_modules'));
    await symlink(join(root, 'packages/holdfast'), join(folder, 'node_modules/holdfast'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module", "private": true }');
    await writeFile(join(folder, 'holdfast.config.ts'), config());
    const bench = new Bench(folder, count);
    await bench.declare('first');
    return bench;
  }

  /** Writes system.ts; `changed` is what one of its resources holds. */
  declare(changed: string, count = this.#count): Promise<void> {
    return writeFile(join(this.#folder, 'system.ts'), program(count, changed));
  }

  run(...args: string[]): Promise<Measured> {
    return measure([...cli, ...args], {
      cwd: this.#folder,
      env: { XDG_STATE_HOME: join(this.#folder, 'state'), NO_COLOR: '1' },
    });
  }

  async forget(): Promise<void> {
    await rm(join(this.#folder, '.holdfast'), { recursive: true, force: true });
    for (const end of ['', '-wal', '-shm']) await rm(join(this.#folder, `shelf.db${end}`), { force: true });
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}

const program = (count: number, changed: string): string => `import { resource, system } from 'holdfast';

export default system('bench', () => {
  for (let index = 0; index < ${count}; index += 1) resource('slot', \`slot-\${index}\`, { input: index === 7 ? '${changed}' : \`value \${index}\` });
});
`;

const config = (): string => `import { defineConfig, environment } from 'holdfast/config';
import { shelf } from '${join(root, 'bench/support/shelf.ts')}';

export default defineConfig({
  environments: { local: environment() },
  providers: { slot: () => shelf('shelf.db') },
});
`;

const both = (name: string, ours: Measured, peer: Measured, peerName: string): void => {
  report('engine', { case: name, ours: ours.seconds, peer: peer.seconds, peerName, unit: 's' });
  report('engine', { case: `${name} memory`, ours: ours.megabytes, peer: peer.megabytes, peerName, unit: 'MB' });
};

const recorded = (seconds: number, megabytes: number): Measured => ({ seconds, megabytes });

/** Figures of Terraform 1.11.4 on this kind of machine where it is not run again; `over`: it had not ended. */
const once = {
  create1000: recorded(28.1, 127),
  noop10000: recorded(17.3, 831),
  apply10000: recorded(3005, 646),
  change10000: recorded(17.3, 831),
  destroy1000: recorded(40.9, 127),
};

const hasTerraform = spawnSync('terraform', ['version']).status === 0;
const measuredOnce = 'terraform 1.11.4, measured once';

async function fresh(bench: Bench): Promise<Measured> {
  await bench.forget();
  return bench.run('up', '--yes');
}

async function thousand(): Promise<void> {
  const bench = await Bench.of(1_000);
  const ours = await median(runs, () => fresh(bench));
  await bench.remove();
  if (!hasTerraform) return both('create-1000', ours, once.create1000, measuredOnce);
  const peer = await terraformProject(1_000);
  both('create-1000', ours, await peer.run('apply', '-auto-approve'), 'terraform 1.11.4');
  await peer.remove();
}

async function tenThousand(): Promise<void> {
  const bench = await Bench.of(10_000);
  both(
    'apply-10000',
    await median(runs, () => fresh(bench)),
    once.apply10000,
    'terraform 1.11.4, measured once: 7,227 of 10,000 when stopped',
  );
  const noop = await median(runs, () => bench.run('plan'));
  const peer = hasTerraform ? await terraformProject(10_000) : undefined;
  await peer?.pretendApplied();
  both('noop-plan-10000', noop, (await peer?.run('plan')) ?? once.noop10000, peer ? 'terraform 1.11.4' : measuredOnce);
  await bench.declare('changed');
  const change = await bench.run('up', '--yes');
  await peer?.change();
  both(
    'change-one-10000',
    change,
    (await peer?.run('apply', '-auto-approve')) ?? once.change10000,
    peer ? 'terraform 1.11.4' : measuredOnce,
  );
  await peer?.remove();
  both(
    'destroy-10000',
    await bench.run('down', '--yes'),
    once.destroy1000,
    'terraform 1.11.4, measured once: 1,000 of them',
  );
  await bench.remove();
}

await thousand();
await tenThousand();
await liveSystem(cli);
