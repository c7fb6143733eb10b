import { describe, expect, test } from 'vitest';
import { packageIndex } from './package-index.ts';
import { stanza } from './testing/archive.ts';

const part = (suite: string, ...stanzas: readonly string[]) => ({ suite, bytes: Buffer.from(stanzas.join('\n')) });
const names = (records: readonly { readonly name: string }[]): readonly string[] => records.map(({ name }) => name);

describe('an index of packages', () => {
  const index = packageIndex([
    part(
      'bookworm',
      stanza('awk-like', '1', { Provides: 'awk, mawk-compatible (= 1.0), awk-like' }),
      stanza('base', '2.0', { Essential: 'yes', Priority: 'required' }),
      stanza('mawk', '1.3', { Provides: 'awk', Priority: 'required' }),
      stanza('once-essential', '1', { Essential: 'yes' }),
      stanza('apt', '2.6.1', { Priority: 'important', Depends: 'base (>= 1),\n mawk | awk' }),
    ),
    part('bookworm-updates'),
    part('bookworm-security', stanza('base', '2.0+deb12u1'), stanza('once-essential', '2'), stanza('apt', '2.6.1')),
  ]);

  test('has all versions of a package, the newest first, and of equal ones that of the suite that was named first', () => {
    expect(index.named('base').map(({ version }) => version)).toEqual(['2.0+deb12u1', '2.0']);
    expect(index.named('apt').map(({ suite }) => suite)).toEqual(['bookworm', 'bookworm-security']);
    expect(index.named('bas')).toEqual([]);
    expect(index.named('constructor')).toEqual([]);
  });

  test('gives each field as it stands, folded lines as one, and empty where there is none', () => {
    expect(index.named('apt')[0]).toEqual({
      name: 'apt',
      version: '2.6.1',
      architecture: 'amd64',
      essential: false,
      priority: 'important',
      multiArch: '',
      preDepends: '',
      depends: 'base (>= 1), mawk | awk',
      provides: '',
      conflicts: '',
      breaks: '',
      replaces: '',
      source: '',
      path: 'pool/main/a/apt/apt_2.6.1_amd64.deb',
      size: 1234,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      suite: 'bookworm',
    });
  });

  test('gives the same record each time', () => {
    expect(index.named('mawk')[0]).toBe(index.providersOf('awk')[1]);
  });

  test('knows who provides a name, with a version or without, a package’s own name left out', () => {
    expect(names(index.providersOf('awk'))).toEqual(['awk-like', 'mawk']);
    expect(names(index.providersOf('mawk-compatible'))).toEqual(['awk-like']);
    expect(index.providersOf('awk-like')).toEqual([]);
    expect(index.providersOf('1.0')).toEqual([]);
  });

  test('knows the sets that an image begins with, by the newest version of each package', () => {
    expect(names(index.inSet('essential'))).toEqual([]);
    expect(names(index.inSet('minbase'))).toEqual(['apt', 'mawk']);
    const alone = packageIndex([part('bookworm', stanza('base', '2', { Essential: 'yes' }))]);
    expect(names(alone.inSet('essential'))).toEqual(['base']);
    expect(names(alone.inSet('minbase'))).toEqual(['base']);
  });

  test.each([
    ['leads out of the mirror', { Filename: 'pool/../../etc/passwd' }],
    ['is absolute', { Filename: '/etc/passwd' }],
    ['has an empty part', { Filename: 'pool//a.deb' }],
    ['asks something', { Filename: 'pool/a?b' }],
  ])('refuses a package whose path %s', (_, fields) => {
    const evil = packageIndex([part('bookworm', stanza('evil', '1', fields))]);
    expect(() => evil.named('evil')).toThrow("the index of bookworm has a package that can't be taken");
  });

  test('of files without a line break at the end, with more than one between stanzas, or with nothing, is whole', () => {
    const odd = packageIndex([
      { suite: 'a', bytes: Buffer.from(`\n\n${stanza('one', '1')}\n\n\n${stanza('two', '2').trimEnd()}`) },
      { suite: 'b', bytes: Buffer.alloc(0) },
      { suite: 'c', bytes: Buffer.from(stanza('three', '3').replace(/^(.*\n)(.*\n)/, '$2$1')) },
    ]);
    expect(['one', 'two', 'three'].flatMap(name => odd.named(name)).map(({ suite }) => suite)).toEqual(['a', 'a', 'c']);
  });
});
