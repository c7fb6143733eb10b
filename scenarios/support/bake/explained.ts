import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Installs a Debian package where one of its programs is missing: stories need root anyway to be told in full. */
export function programOf(name: string, program: string): string {
  try {
    return execFileSync('which', [program], { encoding: 'utf8' }).trim();
  } catch {
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { stdio: 'pipe' });
    return execFileSync('which', [program], { encoding: 'utf8' }).trim();
  }
}

/** What diffoscope says of two layers, the beginning of it. */
export async function explained(one: string, other: string): Promise<string> {
  const diffoscope = programOf('diffoscope-minimal', 'diffoscope');
  const said = await run(diffoscope, ['--max-report-size', '6000', one, other], { maxBuffer: 2 ** 26 }).catch(
    (error: { readonly stdout?: string }) => ({ stdout: error.stdout ?? String(error) }),
  );
  return said.stdout;
}
