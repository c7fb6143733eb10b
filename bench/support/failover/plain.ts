import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addressOf, type Cluster } from '../../../scenarios/support/cluster/cluster.ts';
import { containersOf, runIn } from '../../../scenarios/support/containers.ts';
import { type Project, project } from '../../../scenarios/support/project.ts';

const folder = join(import.meta.dirname, 'plain');

/** Plain Patroni, of plain/, up. */
export async function openPlain(): Promise<{ readonly project: Project; readonly cluster: Cluster }> {
  const files = Object.fromEntries(
    await Promise.all((await readdir(folder)).map(async name => [name, await readFile(join(folder, name), 'utf8')])),
  );
  const opened = await project({ system: files['system.ts'] ?? '', files });
  const { key, certificate } = selfSigned(opened.folder);
  await opened
    .given({ HOLDFAST_SECRET_TLS_KEY: key, HOLDFAST_SECRET_TLS_CERTIFICATE: certificate })
    .must('up', '--yes');
  return { project: opened, cluster: await clusterOf(opened.name, certificate) };
}

export async function clusterOf(system: string, authority: string): Promise<Cluster> {
  const [proxy] = await containersOf(system, { service: 'db' });
  return {
    system,
    members: ['pg-1', 'pg-2', 'pg-3'],
    etcd: ['etcd-1', 'etcd-2', 'etcd-3'],
    api: 'http',
    leave: ({ name }) => ['patronictl', '-c', '/etc/patroni/patroni.yml', 'switchover', '--master', name, '--force'],
    synchronous: false,
    door: {
      host: await addressOf(proxy?.id ?? ''),
      port: 5432,
      servername: 'db',
      authority,
      user: 'app',
      password: await runIn(system, 'pg-1', 'cat', '/run/secrets/password'),
      database: 'app',
    },
  };
}

function selfSigned(place: string): { readonly key: string; readonly certificate: string } {
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'];
  const about = ['-subj', '/CN=db', '-addext', 'subjectAltName=DNS:db'];
  const run = ['req', '-x509', ...made, ...about, '-keyout', join(place, 'key.pem')];
  const certificate = execFileSync('openssl', run, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return { certificate, key: execFileSync('cat', [join(place, 'key.pem')], { encoding: 'utf8' }) };
}
