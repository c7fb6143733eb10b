import { type Layout, type Place, places } from './places.ts';
import { patience } from './scripts/proxy.ts';

const { ports, proxy } = places;
const authority = places.keys.authority;

/** Leads clients to the member that Patroni says is the primary, and cuts those of a member that is none any more. */
export const proxyConfig = ({ members }: Layout): string => `global
  log stdout format raw local0 notice
  maxconn 4000
  lua-load ${proxy.script}
  hard-stop-after 2s

defaults
  mode tcp
  log global
  option clitcpka
  option srvtcpka
  # Tries again where the primary is by then.
  option redispatch 1
  retries 3
  # Also how long it waits before it tries again: whoever comes while an address is dead is not held for longer.
  timeout connect 500ms
  # On a busy machine Patroni may take long to answer, and a session that is cut for that is cut for nothing.
  timeout check 3s
  # Clients keep connections open and idle; who is gone is found by keepalive.
  timeout client 24h
  timeout server 24h

frontend primary
  bind :${ports.postgres}
  # Longer than the script waits on a busy machine.
  tcp-request inspect-delay ${patience * 2}s
  tcp-request content lua.wait_for_primary if { nbsrv(primary) eq 0 }
  default_backend primary

frontend readonly
  bind :${ports.readonly}
  use_backend standbys if { nbsrv(standbys) gt 0 }
  default_backend primary

${backend('primary', members, {
  question: 'GET /primary',
  // Who leads says so before its server is promoted, and while it is being stopped: it takes no writes then. The text is
  // looked at first, for Patroni complains at length of those who do not read its answers to the end.
  answers: [`string '"role": "master"'`, `string '"state": "running"'`, 'status 200'],
  // What Patroni says is asked again at once, and then counts: as long as clients are led to a server that is going, they
  // take its time by trying. Saying hello may take as long as `inter`, and on a busy machine does, but not four times.
  pace: 'inter 500ms fastinter 100ms downinter 250ms fall 4 observe layer4 error-limit 3 on-error mark-down',
})}
${backend('standbys', members, {
  question: 'OPTIONS /replica',
  answers: ['status 200'],
  pace: 'inter 2s fastinter 1s fall 2',
})}
# Who connects here says by it that it is about to stop leading.
frontend leaving
  bind :${ports.leaving}
  tcp-request content lua.hold_back
  tcp-request content reject

frontend status
  mode http
  bind :${ports.status}
  timeout client 10s
  monitor-uri /primary
  monitor fail if { nbsrv(primary) eq 0 }
`;

interface Asked {
  readonly question: string;
  /** All of it must be so. */
  readonly answers: readonly string[];
  readonly pace: string;
}

const backend = (
  name: string,
  members: readonly Place[],
  { question, answers, pace }: Asked,
): string => `backend ${name}
  balance leastconn
  option httpchk ${question}
${answers.map(answer => `  http-check expect ${answer}\n`).join('')}\
  default-server port ${ports.control} check check-ssl verify required ca-file ${authority}
  default-server ${pace} rise 1 on-marked-down shutdown-sessions
${members.map(server).join('')}`;

const server = ({ name }: Place): string => `  server ${name} ${name}:${ports.postgres} verifyhost ${name}\n`;
