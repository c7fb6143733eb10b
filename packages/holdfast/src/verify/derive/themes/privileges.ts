import { type DerivedAssertion, denied, follows } from '../derived.ts';
import type { DeclaredService } from '../subjects.ts';

const container = { type: 'container' } as const;

/** What nobody declared it may do, it may not. */
export function privileges({ name, spec }: DeclaredService): readonly DerivedAssertion[] {
  const always = 'services run without more rights than they were started with';
  return [
    denied(follows(always, container, 'isPrivileged')),
    denied(follows(always, container, 'canGainPrivileges')),
    spec.capabilities.length === 0
      ? follows(`service ${name} declares none`, container, 'hasNoCapability')
      : follows(`service ${name} declares no others`, container, 'hasOnlyCapabilities', spec.capabilities),
    ...(spec.readOnly ? [follows(`service ${name} declares it`, container, 'isReadOnly')] : []),
  ];
}
