import { describe, expect, test } from 'vitest';
import type { Address } from '../../model/address.ts';
import { check } from '../../model/check.ts';
import { declaredFor } from '../../model/declaration/slot.ts';
import { image } from '../../model/image.ts';
import { network } from '../../model/network.ts';
import { type ServiceOptions, service } from '../../model/service.ts';
import { system } from '../../model/system.ts';
import type { SystemModel } from '../../model/system-model.ts';
import { changesBetween, formerNames } from './changes.ts';
import { groundOf } from './footing.ts';

const digests = new Map<Address, string>([
  ['image/web', 'sha256:aa'],
  ['image/db', 'sha256:bb'],
  ['image/api', 'sha256:cc'],
]);

/** A web that is told of its database, and an api that is not. */
const shop = (more: Partial<ServiceOptions> = {}, says = '/app'): SystemModel =>
  declaredFor({ name: 'local' }, () =>
    system('shop', () => {
      const on = { network: network('lan') };
      const web = image('web', { archive: './web.tar' });
      const db = service('db', { ...on, image: image('db', { archive: './db.tar' }) });
      service('api', { ...on, image: image('api', { archive: './api.tar' }) });
      const running = service('web', { ...on, image: web, replicas: 2, env: { DATABASE: db.host }, ...more });
      check(web, it => it.file(says).exists(), { name: 'files' });
      check(running, it => it.file(says).exists(), { name: 'running' });
    }),
  );

const footing = (model: SystemModel, of: Address) => groundOf(model, digests).of(of);
const changes = (now: SystemModel, of: Address) =>
  changesBetween(footing(shop(), of), footing(now, of), formerNames(now));

describe('what a check stands on', () => {
  test('of an image is the image, and what is asked of it', () => {
    expect(footing(shop(), 'check/files')).toEqual({
      'check/files': { spec: expect.stringMatching(/^[0-9a-f]{16}$/) },
      'image/web': { digest: 'sha256:aa' },
    });
  });

  test('of a service is all that it needs, and nothing that it does not', () => {
    const on = footing(shop(), 'check/running');
    expect(Object.keys(on)).toEqual([
      'check/running',
      'image/db',
      'image/web',
      'network/lan',
      'service/db',
      'service/web',
    ]);
    expect(on['service/web']).toEqual({ replicas: 2, spec: expect.stringMatching(/^[0-9a-f]{16}$/) });
  });

  test('stays small', () => {
    expect(JSON.stringify(footing(shop(), 'check/running')).length).toBeLessThan(400);
  });
});

describe('what changed', () => {
  test('is nothing where nothing did', () => {
    expect(changes(shop(), 'check/running')).toEqual([]);
  });

  test('is how many there are, with both numbers', () => {
    expect(changes(shop({ replicas: 3 }), 'check/running')).toEqual([
      { of: 'service/web', what: 'replicas', from: '2', to: '3' },
    ]);
    expect(changes(shop({ replicas: 3 }), 'check/files')).toEqual([]);
  });

  test('is what is declared otherwise, what is asked otherwise, and what is no longer on the way', () => {
    expect(changes(shop({ readOnly: true }), 'check/running')).toEqual([{ of: 'service/web', what: 'spec' }]);
    expect(changes(shop({}, '/srv'), 'check/files')).toEqual([{ of: 'check/files', what: 'spec' }]);
    expect(changes(shop({ env: {} }), 'check/running')).toEqual([
      { of: 'image/db', what: 'gone' },
      { of: 'service/web', what: 'spec' },
      { of: 'service/db', what: 'gone' },
    ]);
  });

  test('is an image that runs no more, or another one, and is told first', () => {
    const names = formerNames(shop());
    const on = { 'image/web': { digest: 'sha256:aa' }, 'service/web': { replicas: 2 } } as const;
    expect(changesBetween(on, { 'image/web': {}, 'service/web': { replicas: 1 } }, names)).toEqual([
      { of: 'image/web', what: 'digest', from: 'sha256:aa' },
      { of: 'service/web', what: 'replicas', from: '2', to: '1' },
    ]);
  });
});
