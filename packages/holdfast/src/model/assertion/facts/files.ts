/** Of a file or a directory, links followed. */
export interface EntryFacts {
  readonly type: 'file' | 'directory' | 'other';
  /** The lower twelve bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Names, where there are such. */
  readonly user?: string;
  readonly group?: string;
  /** Where the path itself is a symbolic link: what it says. */
  readonly link?: string;
  /** Costly. Paths at it, and inside of it, that others than root may write to. */
  readonly writable?: readonly string[];
}

export interface FileFacts extends EntryFacts {
  /** In bytes. */
  readonly size: number;
  /** Costly. As UTF-8. */
  readonly content?: string;
  /** Costly. In hex. */
  readonly sha256?: string;
}

export interface DirectoryFacts extends EntryFacts {
  /** Costly. Names of what is in it, sorted. */
  readonly entries?: readonly string[];
}

/** Of the file system that is mounted at a path itself. */
export interface MountFacts {
  /** As in `ext4`, `tmpfs`, `overlay`. */
  readonly filesystem: string;
  /** The device, or what it is called: `/dev/vda1`, `tmpfs`. */
  readonly source: string;
  /** As in `rw`, `noexec`. */
  readonly options: readonly string[];
}

/** In bytes. */
export interface DiskFacts {
  readonly total: number;
  /** What others than root may still take. */
  readonly free: number;
  /** Absent where the file system counts none. */
  readonly inodes?: { readonly total: number; readonly free: number };
}
