import { posix } from 'node:path';
import { exitCode, Problem, type ProblemParts } from '../../kit/problem.ts';
import { subject } from '../../model/declaration/handle.ts';
import { journalSecret, reached, reachesEngine, reachesJournal } from '../../model/reached.ts';
import type { Known } from '../../model/resource.ts';
import type { InstanceDesire } from '../../ports/desires.ts';
import type { JournalFacts } from './environment-facts.ts';
import type { Surroundings } from './surroundings.ts';

type Runs = Known<'service'> | Known<'job'> | Known<'migration'>;

/** What a container has besides, since it reaches its engine or the journal. */
export type Reaching = Partial<Pick<InstanceDesire, 'user' | 'env' | 'files' | 'reaches'>>;

const root = '0:0';

/** Nothing for what reaches nothing. Throws a Problem where the journal can't be had. */
export function reachOf(resource: Runs, around: Surroundings): Reaching {
  const { spec } = resource;
  if (!reachesEngine(spec) && !reachesJournal(spec)) return {};
  const journal = reachesJournal(spec) ? journalFor(resource, around.facts.journal) : undefined;
  const user = spec.user ?? (journal?.kept === 'in-file' ? journal.owner : root);
  return {
    user,
    ...(journal && wayTo(journal, user, around)),
    reaches: {
      ...(reachesEngine(spec) && { engine: true }),
      ...(journal?.kept === 'in-file' && { journal: posix.dirname(journal.path) }),
    },
  };
}

function wayTo(journal: JournalFacts, user: string, around: Surroundings): Reaching {
  if (journal.kept === 'in-file')
    return { env: { [reached.variable]: { value: posix.join(reached.journal, posix.basename(journal.path)) } } };
  const content = around.sealed({ $secret: journalSecret });
  return {
    env: { [reached.variable]: { value: reached.journalUrl } },
    files: { [reached.journalUrl]: { content, ...ownedBy(user) } },
  };
}

/** Whose number is not known is given a file that all in there may read. */
function ownedBy(user: string) {
  const [, uid, gid = uid] = /^(\d+)(?::(\d+))?$/.exec(user) ?? [];
  return uid === undefined ? { mode: '0444', owner: root } : { mode: '0400', owner: `${uid}:${gid}` };
}

function journalFor(resource: Runs, journal: JournalFacts | undefined): JournalFacts {
  if (!journal) throw refused(resource, { what: 'reaches the journal, and nobody says where that is' });
  if (journal.kept === 'in-file' && journal.beyond.includes(resource.engine))
    throw refused(resource, {
      what: `reaches the journal, which is a file here, and runs on engine "${resource.engine}", which is elsewhere`,
      why: 'a file of this machine is not on that one',
      fix: "keep the journal where both reach it: journal: 'postgres://…' in holdfast.config.ts",
    });
  if (journal.kept === 'on-server' && journal.apart)
    throw refused(resource, {
      what: `reaches the journal at ${journal.shown}, and a container can’t`,
      why: journal.apart,
      fix: 'name the journal’s server in holdfast.config.ts by an address, and with what it needs, that containers have too',
    });
  return journal;
}

const refused = ({ kind, name, at }: Runs, { what, ...parts }: ProblemParts): Problem =>
  new Problem({
    what: `${subject(kind, name)} ${what}`,
    ...(at && { where: at }),
    ...parts,
    exit: exitCode.wrongUse,
  });
