import { exitCode, Problem } from '../../kit/problem.ts';
import { type CommonOptions, printJson, type Verb } from '../call.ts';
import { labelOf } from '../ground/project.ts';
import { type Base, starterFiles } from '../starter/files.ts';
import { freePorts } from '../starter/free-ports.ts';
import { nodeOfThisMachine } from '../starter/node-archive.ts';
import { alreadyThere, asModule, withLines, writeNew } from '../starter/write.ts';
import { version } from '../version.ts';

export interface InitOptions extends CommonOptions {
  readonly name?: string;
  readonly archive?: string;
  readonly image?: string;
}

/** Starts a project in the working directory. Overwrites nothing, asks nothing. */
export const init: Verb<InitOptions> = async call => {
  const { options, outside, out } = call;
  const { name = labelOf(outside.cwd) } = options;
  const base = baseOf(options);
  const files = starterFiles({ name, base, ports: await freePorts(), version: version() });
  const taken = await alreadyThere(outside.cwd, ['system.ts', 'holdfast.config.ts']);
  if (taken.length > 0) throw wouldOverwrite(taken);
  const written = await writeNew(outside.cwd, files);
  if (await asModule(outside.cwd)) written.push('package.json');
  if (base.from === 'machine') written.push(await nodeOfThisMachine(outside.cwd, base.archive));
  const ignored = ['.holdfast/', 'node_modules/', ...(base.from === 'machine' ? [base.archive] : [])];
  if (await withLines(outside.cwd, '.gitignore', ignored)) written.push('.gitignore');
  if (options.json) printJson(call, { folder: outside.cwd, written });
  else out.print(welcome(name, written, out.palette.bold));
  return exitCode.kept;
};

/** On Linux, Node itself is at hand to be the first image: no registry is needed, and nothing is downloaded. */
function baseOf({ archive, image }: InitOptions): Base {
  if (archive !== undefined && image !== undefined) throw bothGiven();
  if (archive !== undefined) return { from: 'archive', archive };
  if (image !== undefined) return { from: 'image', reference: image };
  if (process.platform === 'linux') return { from: 'machine', archive: 'node.tar' };
  throw noBase();
}

const welcome = (name: string, written: readonly string[], bold: (text: string) => string): readonly string[] => [
  `${bold(name)} is begun: ${written.join(', ')}`,
  '',
  'Next:',
  `  ${bold('npm install')}       once, for your editor and the type checker`,
  `  ${bold('holdfast plan')}     what would be made`,
  `  ${bold('holdfast up')}       make it so`,
];

const wouldOverwrite = (files: readonly string[]): Problem =>
  new Problem({
    what: `${files.join(' and ')} ${files.length === 1 ? 'is' : 'are'} here already`,
    why: 'init starts a project, and overwrites nothing',
    fix: 'go on with what is there: holdfast plan; or begin in an empty folder',
    exit: exitCode.wrongUse,
  });

const bothGiven = (): Problem =>
  new Problem({ what: 'init was given --archive and --image', fix: 'give one of them', exit: exitCode.wrongUse });

const noBase = (): Problem =>
  new Problem({
    what: 'the first service needs something to run on',
    why: 'only on Linux can the Node of this machine itself be its image',
    fix: 'name an image of a registry by its digest: holdfast init --image node@sha256:…; or a root file system: --archive root.tar',
    exit: exitCode.wrongUse,
  });
