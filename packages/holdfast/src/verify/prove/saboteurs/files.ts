import { posix } from 'node:path';
import { quote } from '../../../kit/shell-words.ts';
import { toBytes } from '../../../kit/size.ts';
import { withExample } from '../deeds/example.ts';
import { type Deed, line, unproven } from '../sabotage.ts';
import type { Saboteur, SaboteursOf } from '../saboteur.ts';

const gone = ({ path }: { readonly path: string }): string => `rm -rf ${quote(path)}`;

const folderOf = ({ path }: { readonly path: string }): string => `mkdir -p ${quote(posix.dirname(path))}`;

const asFile = (of: { readonly path: string }): Deed => line(gone(of), folderOf(of), `: > ${quote(of.path)}`);

const asFolder = (of: { readonly path: string }): Deed => line(gone(of), `mkdir -p ${quote(of.path)}`);

/** Other bits for others: a mode differs by them alone. */
const otherMode = (mode: string): string => (Number.parseInt(mode, 8) ^ 0o004).toString(8);

const otherOwner = (owner: string): string => (owner.startsWith('64997') ? '64998:64998' : '64997:64997');

/** What is said of a file and of a directory alike. */
type OnEither<A extends readonly string[] = []> = Saboteur<'file', A> & Saboteur<'directory', A>;

const hasMode: OnEither<[mode: string]> = {
  claimed: ({ path }, mode) => line(`chmod ${otherMode(mode)} ${quote(path)}`),
  denied: ({ path }, mode) => line(`chmod ${mode} ${quote(path)}`),
};

const isOwnedBy: OnEither<[owner: string]> = {
  claimed: ({ path }, owner) => line(`chown ${otherOwner(owner)} ${quote(path)}`),
  denied: ({ path }, owner) => line(`chown ${quote(owner)} ${quote(path)}`),
};

const isReadOnly: OnEither = {
  claimed: ({ path }) => line(`chmod o+w ${quote(path)}`),
  denied: ({ path }) => line(`chown -R 0:0 ${quote(path)}`, `chmod -R go-w ${quote(path)}`),
};

export const fileSaboteurs: SaboteursOf<'file'> = {
  exists: { claimed: of => line(gone(of)), denied: asFile },
  isFile: { claimed: asFolder, denied: asFile },
  isDirectory: { claimed: asFile, denied: asFolder },
  isLinkTo: {
    claimed: asFile,
    denied: (of, target) => line(gone(of), folderOf(of), `ln -s ${quote(target)} ${quote(of.path)}`),
  },
  hasMode,
  isOwnedBy,
  contains: {
    claimed: ({ path }) => line(`: > ${quote(path)}`),
    denied: ({ path }, wanted) => withExample(wanted, text => line(`printf %s ${quote(text)} >> ${quote(path)}`)),
  },
  hasSha256: {
    claimed: ({ path }) => line(`echo >> ${quote(path)}`),
    denied: () => unproven('no content is known that has this SHA-256'),
  },
  isSmallerThan: {
    claimed: ({ path }, size) => line(`truncate -s ${toBytes(size)} ${quote(path)}`),
    denied: ({ path }) => line(`: > ${quote(path)}`),
  },
  isReadOnly,
  isExecutable: {
    claimed: ({ path }) => line(`chmod a-x ${quote(path)}`),
    denied: ({ path }) => line(`chmod a+x ${quote(path)}`),
  },
};

export const directorySaboteurs: SaboteursOf<'directory'> = {
  exists: { claimed: of => line(gone(of)), denied: asFolder },
  hasMode,
  isOwnedBy,
  isReadOnly,
  has: {
    claimed: ({ path }, entry) => line(`rm -rf ${quote(posix.join(path, entry))}`),
    denied: ({ path }, entry) => line(`: > ${quote(posix.join(path, entry))}`),
  },
  isEmpty: {
    claimed: ({ path }) => line(`: > ${quote(posix.join(path, 'sabotage'))}`),
    denied: of => asFolder(of),
  },
};
