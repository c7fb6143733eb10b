/**
 * What there is inside an edge's instance: agreed between the part that declares it and the router that works it.
 * `sh turn FILE` starts a switch with the table in that file and lets it take over from the one that serves.
 */
export const edgeInside = {
  turn: '/etc/holdfast/edge/turn',
  /** The table that is about to serve, and the one that last did: after a crash at any moment one of them is whole. */
  next: '/etc/holdfast/edge/next.json',
  last: '/etc/holdfast/edge/last.json',
  /** Sockets and process ids of the switches, each named by its turn. Made anew at every start. */
  runtime: '/tmp/edge',
  /** Answers GET alone, of `/TURN/upstreams` and `/TURN/config`, where the turn `current` is the one that serves. */
  statusPort: 2020,
  /** The `Host` that a switch's administration answers to. It is a socket that only the front passes requests to. */
  statusHost: 'edge',
} as const;
