/** A user as /etc/passwd and /etc/group have it. */
export interface UserFacts {
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
  /** Names of all groups that it is in, its primary one too. */
  readonly groups: readonly string[];
}

/** A group as /etc/group has it. */
export interface GroupFacts {
  readonly gid: number;
  /** Names of its members, those too whose primary group it is. */
  readonly members: readonly string[];
}
