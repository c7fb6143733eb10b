import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../kit/problem.ts';
import type { LockedPackage } from '../../../ports/distribution.ts';
import type { PackageIndex } from '../index/package-record.ts';
import { toLocked } from './locked.ts';
import { type Question, resolve } from './resolve.ts';
import { indexOf, type Stanza } from './testing/index-of.ts';

describe('what is chosen', () => {
  it('is the newest version of each, and what it needs', () => {
    const index = indexOf(['web 1.9'], ['web 1.10', { Depends: 'lib (>= 2)' }], ['lib 2'], ['idle 1']);
    expect(chosen(index, 'web')).toEqual(['lib 2', 'web 1.10']);
  });

  it('is the first alternative, unless another one is chosen already', () => {
    const index = indexOf(['web 1', { Depends: 'one | other' }], ['one 1'], ['other 1']);
    expect(chosen(index, 'web')).toEqual(['one 1', 'web 1']);
    expect(chosen(index, 'other', 'web')).toEqual(['other 1', 'web 1']);
  });

  it('is another alternative where what the first one needs is not there', () => {
    const index = indexOf(['web 1', { Depends: 'one | other' }], ['one 1', { Depends: 'gone' }], ['other 1']);
    expect(chosen(index, 'web')).toEqual(['other 1', 'web 1']);
  });

  it('is another alternative where the first one conflicts with what was asked for', () => {
    const index = indexOf(
      ['web 1', { Depends: 'one | other' }],
      ['one 1', { Conflicts: 'mine' }],
      ['other 1'],
      ['mine 1'],
    );
    expect(chosen(index, 'mine', 'web')).toEqual(['mine 1', 'other 1', 'web 1']);
    expect(chosen(index, 'web', 'mine')).toEqual(['mine 1', 'other 1', 'web 1']);
  });

  it('is of several providers the one that the archive thinks more important', () => {
    const index = indexOf(
      ['base 1', { Depends: 'awk' }],
      ['gawk 5', { Provides: 'awk' }],
      ['mawk 1', { Provides: 'awk', Priority: 'required' }],
      ['original-awk 2', { Provides: 'awk' }],
    );
    expect(chosen(index, 'base')).toEqual(['base 1', 'mawk 1']);
  });

  it('is a provider of the right version only, and none without version where one is asked for', () => {
    const index = indexOf(
      ['web 1', { Depends: 'api (>= 3)' }],
      ['plain 1', { Provides: 'api', Priority: 'required' }],
      ['old 1', { Provides: 'api (= 2)', Priority: 'required' }],
      ['right 1', { Provides: 'api (= 3)' }],
    );
    expect(chosen(index, 'web')).toEqual(['right 1', 'web 1']);
  });

  it('serves :any only by what is allowed to', () => {
    const index = indexOf(['app 1', { Depends: 'python:any' }], ['python 3', { 'Multi-Arch': 'allowed' }]);
    expect(chosen(index, 'app')).toEqual(['app 1', 'python 3']);
    const strict = indexOf(['app 1', { Depends: 'python:any' }], ['python 3']);
    expect(() => chosen(strict, 'app')).toThrow(/app wants python:any/);
  });

  it('may depend on each other, and conflict with what each provides', () => {
    const mail = { Provides: 'mta', Conflicts: 'mta' };
    const index = indexOf(['exim 1', { Depends: 'mailx', ...mail }], ['mailx 1', { 'Pre-Depends': 'exim' }]);
    expect(chosen(index, 'exim')).toEqual(['exim 1', 'mailx 1']);
  });

  it('begins with the set, and has nothing twice', () => {
    const index = indexOf(
      ['libc 1'],
      ['bash 1', { Essential: 'yes', Depends: 'libc' }],
      ['web 1', { Depends: 'bash' }],
    );
    expect(chosen(index, { set: 'essential', packages: ['web'] })).toEqual(['bash 1', 'libc 1', 'web 1']);
  });

  it('leaves out what was chosen for the sake of something that was given up', () => {
    const index = indexOf(
      ['web 1', { Depends: 'one | other' }],
      ['one 1', { Depends: 'helper, two' }],
      ['two 1', { Depends: 'gone' }],
      ['helper 1'],
      ['other 1'],
    );
    expect(chosen(index, 'web')).toEqual(['other 1', 'web 1']);
  });
});

describe('on top of a base', () => {
  const libraries: readonly Stanza[] = [['lib 1'], ['lib 2']];

  it('only what is not there is added, and what is there serves', () => {
    const index = indexOf(['web 1', { Depends: 'one | other, lib' }], ['one 1'], ['other 1'], ['lib 2']);
    expect(chosen(index, { packages: ['web'], below: [locked('other 1'), locked('lib 2')] })).toEqual(['web 1']);
    expect(chosen(index, { packages: ['other'], below: [locked('other 1')] })).toEqual([]);
  });

  it('an older version that is below stays where it is good enough', () => {
    const index = indexOf(['web 1', { Depends: 'lib (>= 1)' }], ...libraries);
    expect(chosen(index, { packages: ['web'], below: [locked('lib 1')] })).toEqual(['web 1']);
  });

  it('what would have to be newer is told', () => {
    const index = indexOf(['web 1', { Depends: 'lib (>= 2)' }], ...libraries);
    expect(problem(index, { packages: ['web'], below: [locked('lib 1')] })).toMatchObject({
      what: 'the base has lib 1, and web wants lib (>= 2)',
      fix: expect.stringContaining('holdfast bake --update'),
    });
  });

  it('what the archive has no more is known by its newest version', () => {
    const index = indexOf(['web 1', { Depends: 'api' }], ['lib 3', { Provides: 'api' }]);
    expect(chosen(index, { packages: ['web'], below: [locked('lib 1')] })).toEqual(['web 1']);
  });

  it('what conflicts with it is told', () => {
    const index = indexOf(['web 1', { Depends: 'new' }], ['new 1', { Breaks: 'old (<< 2)' }], ['old 1']);
    expect(problem(index, { packages: ['web'], below: [locked('old 1')] })).toMatchObject({
      what: 'the base has old, and new can not be installed beside it',
      why: 'new 1 breaks old (<< 2); new is wanted by web, which was asked for; old is in the base',
    });
  });
});

describe('what can not be had is told', () => {
  it('with the name that was meant', () => {
    expect(problem(indexOf(['nginx 1']), { packages: ['ngnx'] })).toMatchObject({
      what: 'there is no package ngnx in bookworm',
      fix: 'did you mean nginx?',
      exit: 2,
    });
  });

  it('with the letters the right way round', () => {
    const index = indexOf(['nginx 1'], ['ngx 1']);
    expect(problem(index, { packages: ['ngnix'] }).fix).toBe('did you mean nginx?');
  });

  it('with all that could be meant', () => {
    const index = indexOf(['postfix 1', { Provides: 'mta' }], ['exim 1', { Provides: 'mta' }]);
    expect(problem(index, { packages: ['mta'] }).why).toBe('postfix, exim can each serve as mta');
    expect(chosen(indexOf(['postfix 1', { Provides: 'mta' }]), 'mta')).toEqual(['postfix 1']);
  });

  it('with both that conflict, and who wants each', () => {
    const index = indexOf(
      ['shop 1', { Depends: 'mail' }],
      ['mail 1', { Depends: 'exim' }],
      ['exim 1', { Conflicts: 'postfix' }],
      ['postfix 1'],
    );
    expect(problem(index, { packages: ['postfix', 'shop'] })).toMatchObject({
      what: 'exim and postfix can not be installed together',
      why: 'exim 1 conflicts with postfix; exim is wanted by mail, which is wanted by shop, which was asked for; postfix was asked for',
    });
  });

  it('with the chain that leads to what is not there', () => {
    const index = indexOf(['shop 1', { Depends: 'mail' }], ['mail 1', { Depends: 'exim (>= 2)' }], ['exim 1']);
    expect(problem(index, { packages: ['shop'] })).toMatchObject({
      what: 'mail wants exim (>= 2), and the newest is 1',
      why: 'mail 1 depends on exim (>= 2); mail is wanted by shop, which was asked for',
    });
  });
});

describe('in the lock', () => {
  it('a package has its source where that is another one', () => {
    const index = indexOf(['libssl3 3.0', { Source: 'openssl' }], ['web 1']);
    const [library, web] = resolve(index, { ...nothing, packages: ['libssl3', 'web'] }).map(toLocked);
    expect(library).toEqual({ ...locked('libssl3 3.0'), source: 'openssl' });
    expect(web).toEqual(locked('web 1'));
  });
});

const nothing: Question = { suite: 'bookworm', architecture: 'amd64', packages: [], below: [] };

type Asked = Partial<Question> | string;

function chosen(index: PackageIndex, first: Asked, ...others: readonly string[]): readonly string[] {
  const question = typeof first === 'string' ? { packages: [first, ...others] } : first;
  return resolve(index, { ...nothing, ...question }).map(({ name, version }) => `${name} ${version}`);
}

function problem(index: PackageIndex, question: Partial<Question>): Problem['parts'] {
  try {
    resolve(index, { ...nothing, ...question });
  } catch (error) {
    return (error as Problem).parts;
  }
  throw new Error('there was no problem');
}

function locked(nameAndVersion: string): LockedPackage {
  const [name = '', version = ''] = nameAndVersion.split(' ');
  const path = `pool/main/${name}.deb`;
  return { name, version, architecture: 'amd64', size: 1, sha256: '0'.repeat(64), suite: 'bookworm', path };
}
