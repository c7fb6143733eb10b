/** What there is inside an agent's instance: agreed between the part that declares it and the verb that runs in it. */
export const agentInside = {
  /** A file that is written as often as the engine has answered it: in memory, and of this instance alone. */
  sign: '/dev/shm/holdfast-agent',
  /** How old it is at the most where all is well, in seconds. */
  freshness: 30,
  /** Where it keeps its key and what it has seen of the journal. Anybody may write there, as in Debian's own images. */
  state: '/var/tmp',
} as const;
