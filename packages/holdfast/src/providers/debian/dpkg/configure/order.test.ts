import { expect, test } from 'vitest';
import type { Package } from '../package.ts';
import { inOrder, wavesOf } from './order.ts';

function one(name: string, fields: Readonly<Record<string, string>> = {}, ...parts: readonly string[]): Package {
  const control = new Map(Object.entries(fields));
  const files = new Map(parts.map(part => [part, new Uint8Array()]));
  return { name, version: '1', label: name, fields: control, parts: files, control: '', entries: [] };
}

const essential = { Essential: 'yes' };
const told = (packages: readonly Package[]) =>
  wavesOf(packages).map(({ preinsts, configure }) => [preinsts.map(({ name }) => name), configure]);

test('what is pre-depended on is unpacked first, and base-files before all', () => {
  const packages = [
    one('base-files', { 'Pre-Depends': 'awk' }),
    one('a', { 'Pre-Depends': 'z' }),
    one('z'),
    one('mawk'),
  ];
  expect(inOrder(packages).map(({ name }) => name)).toEqual(['base-files', 'z', 'a', 'mawk']);
});

test('Essential packages run before all, that of the users first, and are configured before the others run', () => {
  const packages = [
    one('bash', { ...essential, Depends: 'base-passwd' }, 'preinst'),
    one('base-files', { ...essential, 'Pre-Depends': 'awk' }, 'postinst'),
    one('base-passwd', essential, 'preinst'),
    one('mawk', { Provides: 'awk' }),
    one('tzdata', {}, 'preinst'),
  ];
  expect(told(packages)).toEqual([
    [
      ['base-passwd', 'bash'],
      ['base-files', 'base-passwd', 'bash', 'mawk'],
    ],
    [['tzdata'], []],
  ]);
});

test('what a preinst relies on is configured before it, with what that relies on, and no more', () => {
  const packages = [
    one('db', { 'Pre-Depends': 'adduser (>= 3)' }, 'preinst'),
    one('adduser', { Depends: 'passwd' }, 'postinst'),
    one('passwd', {}, 'preinst'),
    one('web', {}, 'postinst'),
  ];
  expect(told(packages)).toEqual([
    [['passwd'], ['adduser', 'passwd']],
    [['db'], []],
  ]);
});

test('where nothing is to run before, nothing is configured apart', () => {
  expect(told([one('base-passwd', essential, 'postinst'), one('web', {}, 'postinst')])).toEqual([]);
  expect(told([one('a', { 'Pre-Depends': 'b' }, 'preinst'), one('b')])).toEqual([[['a'], []]]);
});

test('a circle of dependencies ends', () => {
  const packages = [one('a', { 'Pre-Depends': 'b' }, 'preinst'), one('b', { Depends: 'a' }, 'preinst')];
  expect(
    told(packages)
      .flatMap(([preinsts]) => preinsts)
      .sort(),
  ).toEqual(['a', 'b']);
});
