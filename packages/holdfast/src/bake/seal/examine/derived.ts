import type { ImageConfig } from '../../../model/spec/recipe.ts';
import type { ImageTree } from '../../../ports/image-tree.ts';
import { paragraphs } from '../sbom/paragraphs.ts';
import { type Examined, timed } from './examined.ts';
import { peopleIn } from './people.ts';
import { privateKeysIn } from './private-keys.ts';
import { placesOf, programAt } from './programs.ts';
import { follow, inTree, textAt } from './tree-facts.ts';

/** What follows from what an image is declared to be, whatever its checks say. */
export async function derivedChecks(tree: ImageTree, settings: ImageConfig): Promise<readonly Examined[]> {
  const all = [
    ...userChecks(tree, settings),
    ...workdirCheck(tree, settings),
    ...programChecks(tree, settings),
    ...packageCheck(tree),
    timed('no private key is in the image', async () => {
      const { keys } = await privateKeysIn(tree);
      return { ok: keys.length === 0, ...(keys.length > 0 && { expected: 'none', found: listed(keys) }) };
    }),
  ];
  return Promise.all(all);
}

/** Files that run as their owner or group whoever starts them: for the record. Absolute paths. */
export const setIdFiles = (tree: ImageTree): readonly string[] =>
  [...tree.entries()]
    .filter(({ type, mode }) => (type === 'file' || type === 'hardlink') && (mode & 0o6000) !== 0)
    .map(({ path }) => `/${path}`);

type Checks = readonly Promise<Examined>[];

function userChecks(tree: ImageTree, { user = '' }: ImageConfig): Checks {
  const [name = '', group = ''] = user.split(':');
  const isName = (text: string) => text !== '' && !/^\d+$/.test(text);
  const among = (what: 'users' | 'groups', wanted: string, sentence: string) =>
    timed(sentence, async () => {
      const { [what]: known } = await peopleIn(tree);
      if (known.has(wanted)) return { ok: true };
      return { ok: false, expected: wanted, found: [...known.keys()].join(', ') || `there are no ${what}` };
    });
  return [
    ...(isName(name) ? [among('users', name, `user ${name}, whom it runs as, exists`)] : []),
    ...(isName(group) ? [among('groups', group, `group ${group}, which it runs as, exists`)] : []),
  ];
}

function workdirCheck(tree: ImageTree, { workdir }: ImageConfig): Checks {
  if (workdir === undefined || workdir === '/') return [];
  return [
    timed(`${workdir}, where it is started, is a directory`, () => {
      const type = follow(tree, inTree(workdir))?.type;
      return { ok: type === 'directory', ...(type !== 'directory' && { found: type ?? 'there is none' }) };
    }),
  ];
}

function programChecks(tree: ImageTree, settings: ImageConfig): Checks {
  const word = (settings.entrypoint ?? settings.command)?.[0];
  if (word === undefined) return [];
  return [
    timed(`${word}, which it starts, is there and executable`, () => {
      if (programAt(tree, settings, word)) return { ok: true };
      const places = placesOf(settings, word);
      const there = places.find(path => follow(tree, inTree(path)));
      const found = there === undefined ? `not at ${places.join(', ')}` : `${there} is no executable file`;
      return { ok: false, expected: 'an executable file', found };
    }),
    ...interpreterCheck(tree, settings, word),
  ];
}

/** A script whose interpreter is missing fails with "not found", naming the script itself. */
function interpreterCheck(tree: ImageTree, settings: ImageConfig, word: string): Checks {
  const program = programAt(tree, settings, word);
  if (!program || program.size > largestScript) return [];
  return [
    timed(`what ${word} is interpreted by is there`, async () => {
      const [, interpreter] = /^#! *(\S+)/.exec(await textAt(tree, program.path)) ?? [];
      if (interpreter === undefined || programAt(tree, settings, interpreter)) return { ok: true };
      return { ok: false, expected: interpreter, found: 'there is no executable file of this path' };
    }),
  ];
}

/** Bytes. */
const largestScript = 128 * 1024;

function packageCheck(tree: ImageTree): Checks {
  if (!tree.entry('var/lib/dpkg/status')) return [];
  return [
    timed('every Debian package is installed whole', async () => {
      const all = paragraphs(await textAt(tree, 'var/lib/dpkg/status'));
      const wrong = all
        .filter(({ Status = '' }) => !whole.test(Status))
        .map(({ Package, Status }) => `${Package}: ${Status}`);
      return {
        ok: wrong.length === 0,
        ...(wrong.length > 0 && { expected: 'install ok installed', found: listed(wrong) }),
      };
    }),
  ];
}

/** A package that was removed may leave its configuration. */
const whole = /^((install|hold) ok installed|(deinstall|purge) ok (config-files|not-installed))$/;

const listed = (all: readonly string[]): string =>
  all.length > 10 ? `${all.slice(0, 10).join(', ')} and ${all.length - 10} more` : all.join(', ');
