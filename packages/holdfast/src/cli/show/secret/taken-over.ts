import type { Payloads } from '../../../journal/fact.ts';
import type { Palette } from '../screen.ts';

/** Says that secrets which lay elsewhere are safe now, and gone from there. Pure. */
export const takenOverLine = ({ names, from }: Payloads['secret.taken-over'], paint: Palette): string =>
  `${paint.green('✓')} ${names.map(name => `secret/${name}`).join(', ') || 'the key of the secrets'} ${paint.dim(`encrypted, and taken away from ${from}`)}`;
