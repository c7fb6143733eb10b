import {
  type FolderSeen,
  type NetworkText,
  networkTexts,
  type ProcessTexts,
  type Snapshot,
  type SpaceSeen,
  type TextSeen,
  type Wanted,
} from '../../../ports/looking/snapshot.ts';
import { filesIn } from './files.ts';
import type { Sections } from './sections.ts';

/** What the sections that a script printed say of all that was wanted. */
export function snapshotIn(sections: Sections, wanted: Wanted, at: number): Snapshot {
  return {
    at,
    files: filesIn(sections, wanted.files),
    folders: new Map(wanted.folders.map((path, index) => [path, folderIn(sections, index)])),
    space: new Map(wanted.space.map((path, index) => [path, spaceIn(sections, index)])),
    kernel: new Map(wanted.kernel.map((name, index) => [name, kernelIn(sections, index)])),
    ...(wanted.network && { network: { network: networkIn(sections) } }),
    ...(wanted.processes && { processes: { processes: processesIn(sections) } }),
    ...(wanted.mounts && { mounts: { text: sections.text('mounts') ?? '' } }),
    ...(wanted.environment && { environment: environmentIn(sections) }),
  };
}

function folderIn(sections: Sections, at: number): FolderSeen {
  const texts = sections.all(`text ${at}`).map(([name, bytes]) => [name, bytes.toString('utf8')] as const);
  return { texts: new Map(texts) };
}

function spaceIn(sections: Sections, at: number): SpaceSeen {
  const numbers = sections.text(`space ${at}`)?.trim().split(' ').map(Number) ?? [];
  const [block = 0, total = 0, free = 0, inodes = 0, freeInodes = 0] = numbers;
  if (numbers.length !== 5) return { unknown: 'its `stat` tells nothing of file systems' };
  return { space: { total: block * total, free: block * free, inodes, freeInodes } };
}

function kernelIn(sections: Sections, at: number): TextSeen {
  const text = sections.text(`kernel ${at}`)?.trim() ?? '';
  return text === '' ? { missing: 'the kernel has none of this name' } : { text };
}

const networkIn = (sections: Sections) =>
  Object.fromEntries(networkTexts.map(name => [name, sections.text(`network ${name}`) ?? ''])) as Record<
    NetworkText,
    string
  >;

/** Those that ended while they were printed have no status. */
function processesIn(sections: Sections): readonly ProcessTexts[] {
  const cmdlines = sections.all('cmdline');
  return sections
    .all('status')
    .map(([, status], at) => ({ status: status.toString('utf8'), cmdline: cmdlines[at]?.[1].toString('utf8') ?? '' }))
    .filter(({ status }) => status !== '');
}

function environmentIn(sections: Sections): TextSeen {
  const text = sections.text('environment');
  return text === undefined ? { elsewhere: 'its first process is not its own' } : { text };
}
