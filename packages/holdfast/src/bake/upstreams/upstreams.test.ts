import { describe, expect, test } from 'vitest';
import { image } from '../../model/image.ts';
import { debian } from '../../model/recipe/debian.ts';
import { system } from '../../model/system.ts';
import { upstream } from '../../model/upstream.ts';
import { contactsOf, declaredUpstreams, unrecorded } from './contacts.ts';
import { upstreamTable } from './upstreams.ts';

const digest = `sha256:${'a'.repeat(64)}`;

const model = system('shop', () => {
  upstream('archive', { sla: '99.9%', endpoint: 'http://deb.example/debian' });
  upstream('packages', { sla: '99.95%', endpoint: 'https://npm.example' });
  upstream('payments', { endpoint: 'https://pay.example' });
  image('web', { base: debian('bookworm') });
  image('cache', { reference: `registry.example:5000/redis@${digest}` });
  image('plain', { reference: `redis@${digest}` });
  image('old', { dockerfile: './Dockerfile' });
});

const baked = [
  {
    image: 'image/web',
    inputs: 'i',
    contacted: ['deb.example', 'NPM.example:443', 'sub.deb.example', 'deb.example:80'],
  },
  { image: 'image/gone', inputs: 'i', contacted: ['elsewhere.example'] },
] as const;

const table = () => upstreamTable(contactsOf(model, baked), declaredUpstreams(model));

describe('what a system rests on', () => {
  test('while baking is the product of what each company promises, counted once', () => {
    expect(table()[0]).toEqual({
      phase: 'baking',
      rows: [
        { host: 'deb.example', upstream: 'archive', sla: '99.9%' },
        { host: 'deb.example:80', upstream: 'archive', sla: '99.9%' },
        { host: 'npm.example:443', upstream: 'packages', sla: '99.95%' },
        { host: 'sub.deb.example' },
      ],
      bound: '99.85005%',
      assumed: ['sub.deb.example'],
    });
  });

  test('while deploying is the registries of what is only referred to', () => {
    expect(table()[1]?.rows.map(({ host }) => host)).toEqual([
      'registry.example:5000',
      'the engine’s default registry',
    ]);
  });

  test('while starting is nothing', () => {
    expect(table()[2]).toEqual({ phase: 'starting', rows: [], bound: '100%', assumed: [] });
  });

  test('leaves open what a Dockerfile reaches', () => {
    expect(unrecorded(model)).toEqual(['old']);
  });
});
