import { type DerivedAssertion, follows } from '../derived.ts';
import type { DeclaredService } from '../subjects.ts';

/** The probe that lets traffic in answers at any other time too. One of TCP says no more than that the port listens. */
export function health({ name, spec }: DeclaredService): readonly DerivedAssertion[] {
  const because = `it is how service ${name} tells that it is well`;
  const probe = spec.health;
  if (!probe || probe.type === 'tcp') return [];
  const eventually = probe.timing.within;
  if (probe.type === 'command')
    return [follows(because, { type: 'command', command: probe.command, eventually }, 'exits', 0)];
  const { port, path, status } = probe;
  return [follows(because, { type: 'http', port, path, eventually }, 'answers', status)];
}
