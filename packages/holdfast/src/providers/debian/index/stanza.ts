import { Problem } from '../../../kit/problem.ts';
import { stanzas } from '../mirrors/deb822.ts';
import type { PackageRecord } from './package-record.ts';

/** One stanza of a Packages file as a record. Throws a Problem for one that lacks what is needed to fetch the package. */
export function recordOf(stanza: string, suite: string): PackageRecord {
  const [fields] = stanzas(stanza);
  const field = (name: string): string => unfolded(fields?.get(name) ?? '');
  const needed = (name: string, form: RegExp): string => {
    const value = field(name);
    if (!form.test(value)) throw malformed(suite, field('package'), name, value);
    return value;
  };
  return {
    name: needed('package', /^[a-z0-9][a-z0-9+.-]+$/),
    version: needed('version', /^[\w.+:~-]+$/),
    architecture: needed('architecture', /^[a-z0-9-]+$/),
    essential: field('essential') === 'yes',
    priority: field('priority'),
    multiArch: field('multi-arch'),
    preDepends: field('pre-depends'),
    depends: field('depends'),
    provides: field('provides'),
    conflicts: field('conflicts'),
    breaks: field('breaks'),
    replaces: field('replaces'),
    source: field('source'),
    path: needed('filename', soundPath),
    size: Number(needed('size', /^\d{1,15}$/)),
    sha256: needed('sha256', /^[0-9a-f]{64}$/),
    suite,
  };
}

/** Below the mirror: no part of it is empty or begins with a dot. */
const soundPath = /^[\w+~:%-][\w+~:%.-]*(\/[\w+~:%-][\w+~:%.-]*)*$/;

const unfolded = (value: string): string => value.replace(/\n[ \t]+/g, ' ');

const malformed = (suite: string, name: string, field: string, value: string): Problem =>
  new Problem({
    what: `the index of ${suite} has a package that can't be taken`,
    where: name || 'a package without a name',
    why: `its field ${field} reads '${value.slice(0, 80)}'`,
    fix: 'Use another mirror',
  });
