import { rule } from '../declaration/rule.ts';

const isListOf = (value: unknown, fits: (text: string) => boolean): boolean =>
  Array.isArray(value) && value.every(one => typeof one === 'string' && fits(one));

const isPackageName = (name: unknown): boolean => typeof name === 'string' && /^[a-z0-9][a-z0-9+.-]+$/.test(name);

export const packageNames = rule<readonly string[]>(
  {
    is: 'an array of package names',
    why: 'versions stand in holdfast.lock, and the architecture is that of the image',
    fix: value => {
      const odd = Array.isArray(value) ? value.find(name => !isPackageName(name)) : undefined;
      return `write it as in ['ca-certificates', 'nginx']${odd === undefined ? '' : `; ${JSON.stringify(odd)} is none`}`;
    },
  },
  value => isListOf(value, isPackageName),
);

export const globs = rule<readonly string[]>(
  {
    is: 'an array of absolute paths, with * for anything',
    fix: "write it as in ['/usr/share/doc/*']",
  },
  value => isListOf(value, path => path.startsWith('/')),
);

export const npmNames = rule<readonly string[]>(
  { is: 'an array of npm package names', fix: "write it as in ['bcrypt', '@scope/name']" },
  value => isListOf(value, name => /^(@[a-z0-9~._-]+\/)?[a-z0-9~._-]+$/i.test(name)),
);

export const omitted = rule<'dev' | 'optional' | 'peer' | readonly ('dev' | 'optional' | 'peer')[]>(
  { is: "'dev', 'optional', 'peer', or an array of them" },
  value => isListOf([value].flat(), kind => ['dev', 'optional', 'peer'].includes(kind)),
);

export const ignoreLines = rule<readonly string[]>(
  { is: 'an array of lines as in .dockerignore', fix: "write it as in ['*.log', '!keep.log']" },
  value => isListOf(value, line => line !== ''),
);

export const owner = rule<string>(
  { is: 'a user name, a uid, or uid:gid', fix: "write it as in 'app' or '10001:10001'" },
  value => typeof value === 'string' && /^([a-z_][a-z0-9_-]*|\d{1,10}(:\d{1,10})?)$/.test(value),
);

export const userName = rule<string>(
  { is: 'a user name', why: 'useradd takes small letters, digits, - and _', fix: "write it as in 'app'" },
  value => typeof value === 'string' && /^[a-z_][a-z0-9_-]{0,31}$/.test(value),
);

export const octalMode = rule<string>(
  { is: 'a mode in octal', fix: "write it as in '0640'" },
  value => typeof value === 'string' && /^0?[0-7]{3}$/.test(value),
);

export const version = rule<string>(
  { is: 'a version, or the beginning of one', fix: "write it as in '24' or '24.21.0'" },
  value => typeof value === 'string' && /^\d+(\.\d+){0,2}$/.test(value),
);
