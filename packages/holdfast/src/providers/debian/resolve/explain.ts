import { Problem } from '../../../kit/problem.ts';
import type { Package } from './package.ts';
import type { Packages } from './packages.ts';

export function unmet(_packages: Packages, broken: readonly Package[]): Problem {
  return new Problem({ what: `broken: ${broken.map(p => p.name).join(' ')}` });
}
