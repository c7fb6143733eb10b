import { expect, test } from 'vitest';
import { hasExpired, waiverOf } from '../assertion/waived.ts';
import { check } from '../check.ts';
import { image } from '../image.ts';
import { system } from '../system.ts';
import { resourcesOf } from '../system-model.ts';
import { team } from '../team.ts';
import { waive } from './waiver.ts';

const model = system('shop', () => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const web = image('web', { archive: '../web.tar' });
  const files = check(web, it => it.file('/app').exists().isReadOnly());
  const users = check(web, it => it.user('app').exists());
  check(image('api', { archive: '../api.tar' }), it => it.user('app').exists());
  waive('/app is read-only for all but root', { owner: crew, because: 'uploads move out', until: '2026-12-31' });
  waive(users, { owner: crew, because: 'it is made later', until: '2027-01-31' });
  waive(files, { owner: crew, because: 'it moves away', until: '2026-11-30', only: '/app exists' });
});
const [files, users, api] = resourcesOf(model, 'check');

test('a waiver is plain data on the check, which then needs its owner', () => {
  expect(files?.spec.waivers).toEqual([
    {
      sentence: '/app is read-only for all but root',
      owner: 'team/crew',
      because: 'uploads move out',
      until: '2026-12-31',
    },
    { sentence: '/app exists', owner: 'team/crew', because: 'it moves away', until: '2026-11-30' },
  ]);
  expect(files?.needs).toEqual(['image/web', 'team/crew']);
  expect(api?.spec.waivers).toBeUndefined();
});

test('a waiver is of its sentence, or of all that the check says', () => {
  expect(files && waiverOf(files.spec, '/app exists')?.because).toBe('it moves away');
  expect(files && waiverOf(files.spec, '/app is a file')).toBeUndefined();
  expect(users && waiverOf(users.spec, 'user app exists')?.until).toBe('2027-01-31');
});

test('a waiver counts to the end of its last day in UTC', () => {
  const waiver = { owner: 'team/crew', because: 'it is made later', until: '2026-12-31' } as const;
  expect(hasExpired(waiver, Date.UTC(2026, 11, 31, 23, 59, 59, 999))).toBe(false);
  expect(hasExpired(waiver, Date.UTC(2027, 0, 1))).toBe(true);
});
