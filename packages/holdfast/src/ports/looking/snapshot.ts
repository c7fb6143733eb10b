/** What is to be read of a target, all in one go. */
export interface Wanted {
  readonly files: readonly WantedFile[];
  /** Folders of which the text of each file directly inside is wanted, by absolute path. */
  readonly folders: readonly string[];
  /** Paths of which the file system's free space is wanted. */
  readonly space: readonly string[];
  /** Names of kernel parameters, as in `net.core.somaxconn`. */
  readonly kernel: readonly string[];
  readonly network: boolean;
  readonly processes: boolean;
  /** Which sockets the processes hold, too. */
  readonly sockets: boolean;
  readonly mounts: boolean;
  /** The environment that its first process was started with. */
  readonly environment: boolean;
}

export interface WantedFile {
  /** Absolute, as the target itself would say it. */
  readonly path: string;
  readonly content?: boolean;
  /** The SHA-256 of what is in it. */
  readonly checksum?: boolean;
  /** What is inside of it, where it is a folder: directly, or to the last folder. */
  readonly inside?: 'directly' | 'all';
}

/**
 * A target as it was at one moment. Texts are as the kernel or the file says them, so that whoever reads them, and from
 * wherever, says the same; what they mean is found out elsewhere.
 */
export interface Snapshot {
  /** When it was read, in milliseconds since 1970. */
  readonly at: number;
  readonly files: ReadonlyMap<string, FileSeen>;
  readonly folders: ReadonlyMap<string, FolderSeen>;
  readonly space: ReadonlyMap<string, SpaceSeen>;
  readonly kernel: ReadonlyMap<string, TextSeen>;
  readonly network?: NetworkSeen;
  readonly processes?: ProcessesSeen;
  /** As /proc/self/mountinfo has it. */
  readonly mounts?: TextSeen;
  /** `NAME=value`, each ended by a NUL. */
  readonly environment?: TextSeen;
}

/** Why something is not in a snapshot. */
export type Unseen =
  /** It is known not to be there. */
  | { readonly missing: string }
  /** It can't be known. */
  | { readonly unknown: string }
  /** It can't be known in this way; another one may tell. */
  | { readonly elsewhere: string };

export type TextSeen = { readonly text: string } | Unseen;
export type FileSeen = { readonly file: FileRead } | Unseen;
/** Names and texts of the files directly inside; none where there is no such folder. */
export type FolderSeen = { readonly texts: ReadonlyMap<string, string> } | Unseen;
export type SpaceSeen = { readonly space: Space } | Unseen;
export type NetworkSeen = { readonly network: NetworkTexts } | Unseen;
export type ProcessesSeen = { readonly processes: readonly ProcessTexts[] } | Unseen;

export type FileType = 'file' | 'directory' | 'symlink' | 'socket' | 'pipe' | 'character device' | 'block device';

export interface FileRead {
  /** Links followed. */
  readonly type: FileType;
  /** The lower twelve bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** In bytes. */
  readonly size: number;
  /** In milliseconds since 1970. */
  readonly modified: number;
  /** Where the path itself is a symbolic link: what it says. */
  readonly link?: string;
  /** What was wanted besides. */
  readonly content?: ContentSeen;
  /** In lower-case hex. */
  readonly checksum?: TextSeen;
  readonly inside?: InsideSeen;
}

export type ContentSeen = { readonly bytes: Uint8Array } | Unseen;
export type InsideSeen = { readonly entries: readonly EntryRead[] } | Unseen;

/** Something inside of a folder; links are not followed. */
export interface EntryRead extends Pick<FileRead, 'type' | 'mode' | 'uid' | 'gid' | 'size'> {
  /** Relative to the folder. */
  readonly path: string;
}

/** In bytes and in inodes. */
export interface Space {
  readonly total: number;
  /** What others than root may still take. */
  readonly free: number;
  /** 0 where the file system counts none. */
  readonly inodes: number;
  readonly freeInodes: number;
}

/** The files of /proc/net that tell of the network namespace. Empty where the kernel has none of the name. */
export type NetworkTexts = Readonly<Record<NetworkText, string>>;

export const networkTexts = [
  'tcp',
  'tcp6',
  'udp',
  'udp6',
  'route',
  'ipv6_route',
  'dev',
  'if_inet6',
  'fib_trie',
] as const;
export type NetworkText = (typeof networkTexts)[number];

/** One process, by the files of its folder in /proc. */
export interface ProcessTexts {
  readonly status: string;
  /** Its words, each ended by a NUL; empty for one of the kernel, and for one that has ended and was not yet awaited. */
  readonly cmdline: string;
  /** Inodes of the sockets that it holds, where those are wanted and can be seen. */
  readonly sockets?: readonly string[];
}

/**
 * Hands on what it is told to a shell, which is told whose process group it is in. Nobody but this can notice, while that
 * shell waits for a command, that there is nobody any more who asks: then the whole group is ended, and so it is where
 * the shell was. It takes no program but the shell's own.
 */
const guarded =
  '{ while IFS= read -r line; do printf \'%s\\n\' "$line"; done; kill -s KILL -- -$$; } | { sh -s holdfast $$; kill -s KILL -- -$$; }';

/**
 * The command that a session of ours is. What is in it, and was started from outside of the target, is not the target's.
 */
export const sessionCommand = ['sh', '-c', guarded, 'holdfast'] as const;

/** Bounds of what one look takes into memory. */
export const bounds = {
  /** Bytes of a file whose content is wanted. */
  content: 16 * 1024 * 1024,
  /** Bytes of all files whose contents are wanted of one target. */
  contents: 256 * 1024 * 1024,
  /** Entries inside of a folder, to the last folder. */
  entries: 100_000,
  /** Symbolic links on the way to a file, as in the kernel. */
  links: 40,
} as const;

/** Where the kernel shows a parameter. As sysctl(8) has it, a slash is where the name of an interface has a dot in it. */
export const kernelFile = (name: string): string =>
  `/proc/sys/${name.replaceAll(/[./]/g, one => (one === '.' ? '/' : '.'))}`;
