import { factsWanted, judge, sentenceOf } from '../../../model/assertion/judge.ts';
import { keyOf } from '../../../model/assertion/notes.ts';
import type { ImageConfig } from '../../../model/spec/recipe.ts';
import { undeclared } from '../../../model/undeclared.ts';
import type { ImageTree } from '../../../ports/image-tree.ts';
import { paragraphs } from '../sbom/paragraphs.ts';
import type { Candidate } from './examine.ts';
import { type Examined, timed } from './examined.ts';
import { peopleIn } from './people.ts';
import { placesOf, programAt } from './programs.ts';
import { follow, inTree, textAt } from './tree-facts.ts';
import { lookAtImage } from './whole-image.ts';

/** What follows from what an image is declared to be, whatever its checks say. */
export async function derivedChecks(candidate: Candidate): Promise<readonly Examined[]> {
  const { tree, settings } = candidate;
  const all = [
    ...userChecks(tree, settings),
    ...workdirCheck(tree, settings),
    ...programChecks(tree, settings),
    ...packageCheck(tree),
    ...undeclaredChecks(candidate),
  ];
  return Promise.all(all);
}

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

/** What a check says of it, or the opposite, is looked at with that check. */
function undeclaredChecks(candidate: Candidate): Checks {
  const said = new Set(candidate.checks.flatMap(({ spec }) => spec.assertions).map(keyOf));
  return undeclared
    .filter(({ assertion }) => !said.has(keyOf(assertion)))
    .map(({ assertion }) =>
      timed(sentenceOf(assertion), async () => {
        const facts = await lookAtImage(candidate, factsWanted([assertion]));
        const { ok, expected, found } = judge(assertion, { facts });
        return { ok, ...(!ok && { expected, found }) };
      }),
    );
}

const listed = (all: readonly string[]): string =>
  all.length > 10 ? `${all.slice(0, 10).join(', ')} and ${all.length - 10} more` : all.join(', ');
