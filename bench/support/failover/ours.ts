import type { Cluster } from '../../../scenarios/support/cluster/cluster.ts';
import { declaredCluster, declaring } from '../../../scenarios/support/cluster/declared.ts';
import { type Project, project } from '../../../scenarios/support/project.ts';

/** A database as anyone declares it, up. */
export async function openOurs(): Promise<{ readonly project: Project; readonly cluster: Cluster }> {
  const opened = await project({ system: declaring() });
  await opened.must('up', '--yes');
  return { project: opened, cluster: await declaredCluster(opened.name) };
}
