import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packTar } from 'modern-tar';
import type { Project, Telling } from '../../harness.ts';

/** What a check of a service may meet, each in a container of its own, beside two that are well. */
const system = `import { check, image, network, service, system } from 'holdfast';

export default system('NAME', () => {
  const tiny = image('tiny', { archive: 'tiny.tar' });
  const usual = { image: tiny, network: network('lan'), command: ['sleep', '86400'], stop: { grace: '1s' } } as const;
  const bare = image('bare', { archive: 'bare.tar' });

  const dies = service('dies', usual);
  check(dies, it => it.command('sleep 4321').eventually('20s').exits(0));

  const hangs = service('hangs', { ...usual, command: ['sh', '-c', 'busybox mkfifo /tmp/pipe; exec sleep 86400'] });
  check(hangs, it => {
    it.command('sleep 9876').eventually('5s').exits(0);
    it.command('cat /tmp/pipe').eventually('5s').exits(0);
    it.file('/tmp/pipe').contains('word');
    it.command('echo well').prints('well');
  });

  const floods = service('floods', usual);
  check(floods, it => {
    it.command('busybox dd if=/dev/zero bs=1M count=1024').exits(0);
    it.command('busybox dd if=/dev/zero bs=1M count=1024 >&2').exits(0);
    it.file('/dev/zero').contains('word');
    it.command('echo well').prints('well');
  });

  const shellless = service('shellless', { ...usual, image: bare });
  check(shellless, it => {
    it.command('echo word | cat').prints('word');
    it.file('/etc/passwd').contains('root');
    it.process('sleep').runs();
  });

  const mumbles = service('mumbles', usual);
  check(mumbles, it => {
    it.command("printf '\\\\377\\\\376\\\\300 word'").prints('other');
    it.command("printf '\\\\377\\\\376\\\\300 word'").exits(0);
    it.command('echo well').prints('well');
  });

  const lies = service('lies', usual);
  check(lies, it => {
    it.command('i=0; while [ $i -lt 300 ]; do echo "holdfast-$i 0"; echo "holdfast-$i 0" >&2; i=$((i+1)); done; exit 3').exits(0);
    it.command("tr '\\\\0' ' ' < /proc/$PPID/cmdline; cat /proc/$PPID/environ; exit 3").exits(0);
    it.command('kill -9 $PPID').exits(0);
    it.command('echo well').prints('well');
  });

  for (const name of ['one', 'other'])
    check(service(name, usual), it => {
      it.command('echo well').prints('well');
      it.process('sleep').runs();
      it.file('/etc/passwd').contains('app');
    });
});
`;

/** Written as system.ts, nothing of it up yet. */
export async function hardProject({ project }: Pick<Telling, 'project'>): Promise<Project> {
  const made = await project({ system });
  await writeFile(join(made.folder, 'bare.tar'), await bareRoot());
  return made;
}

/** A root file system of one program, which waits: no shell. */
async function bareRoot(): Promise<Buffer> {
  const body = readFileSync('/bin/busybox');
  return Buffer.from(
    await packTar([
      { header: { name: 'bin/', type: 'directory', size: 0, mode: 0o755 } },
      { header: { name: 'bin/sleep', size: body.length, mode: 0o755 }, body },
      { header: { name: 'etc/', type: 'directory', size: 0, mode: 0o755 } },
      { header: { name: 'etc/passwd', size: 29 }, body: 'root:x:0:0:root:/:/bin/false\n' },
    ]),
  );
}
