import { sameJson } from '../../kit/json.ts';
import { Problem } from '../../kit/problem.ts';
import { copyInputs } from '../steps/copy.ts';
import { holdfastInputs } from '../steps/holdfast.ts';
import { npmInputs } from '../steps/npm-ci.ts';
import { copiedFiles } from './copied-files.ts';
import type { RecipeGround } from './locked-recipe.ts';
import type { LockedStep } from './locked-step.ts';

/** What was written must be what was asked for: somebody may save a file while a layer is made. */
export async function refuseChanged(step: LockedStep, ground: RecipeGround): Promise<void> {
  const { root, hashes } = ground;
  if (step.do === 'copy')
    refuseOther(step.files, copiedFiles(step.step, await copyInputs(root, step.step, hashes)), step.step.from);
  if (step.do === 'npm-ci')
    refuseOther(step.files, await npmInputs(root, step.step), `${step.step.folder}/package-lock.json`);
  if (step.do === 'holdfast') {
    const folder = await ground.ownPackage();
    refuseOther(step.files, copiedFiles({ from: 'holdfast' }, await holdfastInputs(folder, step.step, hashes)), folder);
  }
}

function refuseOther(before: unknown, now: unknown, path: string): void {
  if (sameJson(now, before)) return;
  throw new Problem({
    what: `${path} changed while an image was made of it`,
    where: path,
    fix: 'do the same again',
    retry: true,
  });
}
