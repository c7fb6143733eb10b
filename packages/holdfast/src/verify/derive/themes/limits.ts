import { sizeOf } from '../../../kit/size.ts';
import { type DerivedAssertion, follows } from '../derived.ts';
import type { DeclaredService } from '../subjects.ts';

const container = { type: 'container' } as const;

export function limits({ name, spec }: DeclaredService): readonly DerivedAssertion[] {
  const { memory, cpu, processes } = spec.limits;
  const because = `service ${name} declares this limit`;
  return [
    ...(memory === undefined ? [] : [follows(because, container, 'hasMemoryLimit', sizeOf(memory))]),
    ...(cpu === undefined ? [] : [follows(because, container, 'hasCpuLimit', cpu / 1_000)]),
    follows(because, container, 'hasProcessLimit', processes),
  ];
}
