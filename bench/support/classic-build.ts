import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Measured, measure } from './measure.ts';

/** This machine's own Debian sources, as lines of sources.list. */
export const aptSources = (): string =>
  execFileSync(
    'apt-get',
    [
      'indextargets',
      '--format',
      'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(REPO_URI) $(RELEASE) $(COMPONENT)',
      'Created-By: Packages',
      'Origin: Debian',
    ],
    { encoding: 'utf8' },
  )
    .split('\n')
    .filter((line, index, all) => all.indexOf(line) === index)
    .join('\n');

/** An image built by the Engine itself from a Dockerfile, layer by layer, on an image of ours. */
export class ClassicBuild implements AsyncDisposable {
  readonly folder: string;
  readonly #base: string;
  readonly #tag = 'holdfast-bench/classic:1';

  constructor(folder: string, base: string) {
    this.folder = folder;
    this.#base = base;
  }

  /** On the newest image of a repository, given the package sources that ours leaves out. */
  static async on(repository: string): Promise<ClassicBuild> {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
    const [base = ''] = execFileSync('docker', ['image', 'ls', '--quiet', repository], { encoding: 'utf8' }).split(
      '\n',
    );
    const build = new ClassicBuild(folder, base);
    await writeFile(join(folder, 'sources.list'), aptSources());
    return build;
  }

  async build(line: string): Promise<Measured> {
    const dockerfile = `FROM ${this.#base}\nCOPY sources.list /etc/apt/sources.list\n${line}\n`;
    await writeFile(join(this.folder, 'Dockerfile'), dockerfile);
    return measure(['docker', 'build', '--quiet', '--tag', this.#tag, '.'], {
      cwd: this.folder,
      env: { DOCKER_BUILDKIT: '0' },
    });
  }

  /** So that the next build does it all again. */
  async forget(): Promise<void> {
    spawnSync('docker', ['image', 'rm', '--force', this.#tag]);
    spawnSync('docker', ['image', 'prune', '--force']);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    spawnSync('docker', ['image', 'rm', '--force', this.#tag]);
    await rm(this.folder, { recursive: true, force: true });
  }
}
