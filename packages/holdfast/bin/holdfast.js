#!/usr/bin/env node
// Plain JavaScript that old Node can read too, so that it is told what is missing.
const oldest = 24;

if (Number(process.versions.node.split('.')[0]) < oldest) {
  process.stderr.write(
    `error  Holdfast needs Node ${oldest} or newer\n  why  this is Node ${process.versions.node}, at ${process.execPath}\n  fix  install a newer Node from nodejs.org or with your version manager, and run the same again\n`,
  );
  process.exitCode = 2;
} else {
  await begin();
}

async function begin() {
  const { existsSync } = await import('node:fs');
  const { enableCompileCache, registerHooks } = await import('node:module');
  const { homedir } = await import('node:os');
  const { join } = await import('node:path');
  const { setFlagsFromString } = await import('node:v8');

  // A thread that compiles may wait for the main one to collect garbage while that one waits at exit for the thread to
  // end, for ever: nodejs/node#54918, open as of Node 26. Met here once in some hundred runs on a busy machine.
  setFlagsFromString('--no-concurrent-recompilation');
  enableCompileCache(join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'holdfast', 'node'));

  // In the work tree there is the source, and what the user's files import as 'holdfast' must be the same.
  const source = new URL('../src/cli/main.ts', import.meta.url);
  if (!existsSync(source)) return published();
  registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, { ...context, conditions: [...context.conditions, 'holdfast-source'] }),
  });
  return import(source.href);
}

/** The published package is one bundle; its path is no module's name until it is there. */
async function published() {
  const { existsSync } = await import('node:fs');
  const bundle = new URL('../dist/bundle/main.js', import.meta.url);
  if (existsSync(bundle)) return import(bundle.href);
  process.stderr.write(
    `error  this copy of Holdfast is not whole\n  where  ${bundle.pathname}\n  why  the file is missing\n  fix  install it again: npm install holdfast; in a work tree make it: script/bundle\n`,
  );
  process.exitCode = 3;
}
