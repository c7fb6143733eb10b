import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Measured, measure } from './measure.ts';

export interface TerraformProject {
  run(...args: string[]): Promise<Measured>;
  /** Writes the state that an apply would have left, since the apply itself takes the better part of an hour. */
  pretendApplied(): Promise<void>;
  /** Declares one resource otherwise. */
  change(): Promise<void>;
  remove(): Promise<void>;
}

const env = { TF_CLI_CONFIG_FILE: '/dev/null', CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };

/** So many `terraform_data` as blocks of their own, which Terraform plans ten times faster than one `count`. */
export async function terraformProject(count: number): Promise<TerraformProject> {
  const cwd = await mkdtemp(join(tmpdir(), 'holdfast-bench-terraform-'));
  const declare = (changed: string) =>
    writeFile(join(cwd, 'main.tf'), Array.from({ length: count }, (_, index) => block(index, changed)).join(''));
  const run = (...args: string[]) => measure(['terraform', ...args, '-no-color', '-input=false'], { cwd, env });
  await declare('value 7');
  await run('init');
  return {
    run,
    change: () => declare('changed'),
    remove: () => rm(cwd, { recursive: true, force: true }),
    async pretendApplied() {
      const sample = await terraformState();
      const resources = Array.from({ length: count }, (_, index) => stateOf(sample.resource, index));
      await writeFile(join(cwd, 'terraform.tfstate'), JSON.stringify({ ...sample.state, resources }));
    },
  };
}

const block = (index: number, changed: string): string =>
  `resource "terraform_data" "slot_${index}" {\n  input = "${index === 7 ? changed : `value ${index}`}"\n}\n`;

interface Sample {
  readonly state: object;
  readonly resource: { readonly instances: readonly { readonly attributes: object }[] };
}

/** What Terraform itself writes for one such resource. */
async function terraformState(): Promise<Sample> {
  const cwd = await mkdtemp(join(tmpdir(), 'holdfast-bench-terraform-'));
  await writeFile(join(cwd, 'main.tf'), block(0, ''));
  await measure(['terraform', 'init', '-no-color'], { cwd, env });
  await measure(['terraform', 'apply', '-auto-approve', '-no-color'], { cwd, env });
  const state = JSON.parse(await readFile(join(cwd, 'terraform.tfstate'), 'utf8'));
  await rm(cwd, { recursive: true, force: true });
  return { state, resource: state.resources[0] };
}

function stateOf(sample: Sample['resource'], index: number): object {
  const value = `value ${index}`;
  const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  const [instance] = sample.instances;
  const attributes = {
    ...instance?.attributes,
    id,
    input: { value, type: 'string' },
    output: { value, type: 'string' },
  };
  return { ...sample, name: `slot_${index}`, instances: [{ ...instance, attributes }] };
}
