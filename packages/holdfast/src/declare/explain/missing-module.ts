import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nearest } from '../../kit/nearest.ts';
import type { ProblemParts } from '../../kit/problem.ts';
import type { Found } from './explain.ts';

/** An import that leads nowhere, or to what Node does not run. */
export function missingModule({ error, file, where }: Found): ProblemParts | undefined {
  const { code = '', message } = error;
  if (code === 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING') return typesInPackage(message, file);
  const [, what = '', target = '', from = ''] =
    /^Cannot find (\w+) '(.+?)'(?: imported from (.+))?$/.exec(message) ?? [];
  if (code === 'ERR_MODULE_NOT_FOUND' && from && what === 'package') return noPackage(target, from);
  if (code === 'ERR_MODULE_NOT_FOUND') return target === file ? noEntry(file) : noFile(target, from || file);
  if (code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return notExported(message, where);
  return code === 'ERR_UNSUPPORTED_DIR_IMPORT' ? folder(message) : undefined;
}

const noEntry = (file: string): ProblemParts => ({
  what: `there is no ${basename(file)}`,
  where: file,
  why: 'the system is declared there',
  fix: 'run `holdfast init` to start one, or name the file that you mean',
});

function noFile(target: string, from: string): ProblemParts {
  const meant = beside(target);
  return {
    what: `the import of ${basename(target)} leads nowhere`,
    where: importIn(from, basename(target)),
    why: `there is no file ${target}`,
    fix: meant
      ? `did you mean ${meant}? Node takes paths as they stand, with their extension`
      : 'create it, or mend the path',
  };
}

/** The file in the same folder that an import most likely means. */
function beside(target: string): string | undefined {
  const folder = dirname(target);
  if (!existsSync(folder)) return undefined;
  const name = basename(target, extname(target));
  const files = readdirSync(folder);
  return (
    files.find(file => /\.[mc]?[jt]s$/.test(file) && basename(file, extname(file)) === name) ??
    nearest(basename(target), files)
  );
}

function noPackage(name: string, from: string): ProblemParts {
  return {
    what: `the package '${name}' is not installed`,
    where: importIn(from, name),
    why: `${basename(from)} imports it, and no node_modules above it has it`,
    fix: `run npm install ${name}, or mend the name`,
  };
}

const notExported = (message: string, where: string): ProblemParts => {
  const [, path = '', folder = '', from = ''] =
    /subpath '(.+?)' is not defined by "exports" in (.+?)\/package\.json(?: imported from (.+))?$/.exec(message) ?? [];
  const name = `${folder.split('/node_modules/').at(-1)}${path.slice(1)}`;
  return {
    what: `the package offers no '${name}'`,
    where: from ? importIn(from, basename(path)) : where,
    why: 'a package is imported only by the paths that its package.json exports',
    fix: 'mend the path, or import from the package itself',
  };
};

function folder(message: string): ProblemParts {
  const [, target = '', from = ''] =
    /Directory import '(.+?)' is not supported.* imported from (.+)$/.exec(message) ?? [];
  return {
    what: `the import of ${basename(target)} names a folder`,
    where: importIn(from, basename(target)),
    why: 'Node imports files: it does not look for an index in a folder',
    fix: `name the file: '…/${basename(target)}/index.ts'`,
  };
}

function typesInPackage(message: string, file: string): ProblemParts {
  const target = /"(file:.+?)"/.exec(message)?.[1];
  const path = target ? fileURLToPath(target) : file;
  const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path;
  return {
    what: `the package '${name}' consists of TypeScript`,
    where: importIn(file, name),
    why: `Node takes the types out of your own files only, never inside node_modules (${path})`,
    fix: 'ask its author for a release that is built to JavaScript, or link it from a workspace of yours',
  };
}

/** `file:line:column` of the import that names the target. */
function importIn(file: string, target: string): string {
  if (!existsSync(file)) return file;
  const lines = readFileSync(file, 'utf8').split('\n');
  const line = lines.findIndex(text => new RegExp(`(from|import)\\b.*['"\`(/]${escaped(target)}`).test(text));
  return line < 0 ? `${file}:1:1` : `${file}:${line + 1}:${(lines[line] ?? '').search(/['"]/) + 1}`;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
