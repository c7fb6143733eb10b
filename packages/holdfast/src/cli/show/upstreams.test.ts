import { expect, test } from 'vitest';
import { upstreamTable } from '../../bake/upstreams/upstreams.ts';
import { type UpstreamsOutput, upstreamsOutput } from '../output/image/upstreams.ts';
import { plain } from './screen.ts';
import { upstreamLines } from './upstreams.ts';

const told = (contacts: Parameters<typeof upstreamTable>[0], more: Partial<UpstreamsOutput> = {}): string => {
  const declared = [{ name: 'mirror', spec: { endpoint: 'https://deb.example', sla: '99.9%' } }];
  const phases = upstreamTable(contacts, declared);
  const output = upstreamsOutput.parse({ phases, unrecorded: [], unbaked: [], fromCache: [], ...more });
  return upstreamLines(output, plain, Number.POSITIVE_INFINITY).join('\n');
};

const baking = (host: string) => ({ phase: 'baking', host }) as const;

test('says of each phase which hosts it rests on, and what it can promise at best', () => {
  const text = told([baking('deb.example'), baking('npm.example')]);
  expect(text).toMatch(/deb\.example +mirror +99\.9%/);
  expect(text).toMatch(/npm\.example +not declared +100% assumed/);
  expect(text).toContain('at best 99.9%, the product, 1 figure assumed');
  expect(text).toMatch(/Deploying +no host/);
  expect(text).toContain('as available as all of these together: 99.9%');
  expect(text).toContain('deploying and starting contact no host');
});

test('what is only referred to is needed later too', () => {
  expect(told([{ phase: 'deploying', host: 'registry.example' }])).toContain('still need registry.example.');
});

test('promises nothing of what nobody knows', () => {
  const text = told([], { unrecorded: ['legacy'], unbaked: ['db'], fromCache: ['web'] });
  expect(text).toContain('none was recorded yet');
  expect(text).not.toContain('together: 100%');
  for (const name of ['legacy', 'db', 'web']) expect(text).toContain(name);
});
