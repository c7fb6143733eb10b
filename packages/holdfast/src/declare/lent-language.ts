import { type RegisterHooksOptions, registerHooks } from 'node:module';

/**
 * Has `import … from 'holdfast'` lead to the copy that runs where a project has none installed: what is to be seen of it needs
 * no package manager. Ends with the process, or when it is disposed of.
 */
export function lendLanguage(): Disposable {
  const hooks = registerHooks({ resolve });
  return { [Symbol.dispose]: () => hooks.deregister() };
}

const resolve: RegisterHooksOptions['resolve'] = (specifier, context, next) => {
  if (!/^holdfast(\/|$)/.test(specifier)) return next(specifier, context);
  try {
    return next(specifier, context);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    return next(specifier, { ...context, parentURL: import.meta.url });
  }
};
