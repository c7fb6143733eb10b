import { type Layout, namesOf, places } from './places.ts';

const { ports } = places;
const authority = places.keys.authority;

/** Leads clients to the member that Patroni says is the primary, and cuts those of a member that is none any more. */
export const proxyConfig = ({ members }: Layout): string => `global
  log stdout format raw local0 notice
  maxconn 4000
  hard-stop-after 2s

defaults
  mode tcp
  log global
  option clitcpka
  option srvtcpka
  option redispatch
  retries 3
  timeout connect 1s
  timeout check 1s
  # Clients keep connections open and idle; who is gone is found by keepalive.
  timeout client 24h
  timeout server 24h

frontend primary
  bind :${ports.postgres}
  default_backend primary

frontend readonly
  bind :${ports.readonly}
  use_backend standbys if { nbsrv(standbys) gt 0 }
  default_backend primary

${backend('primary', '/primary', namesOf(members))}
${backend('standbys', '/replica', namesOf(members))}
frontend status
  mode http
  bind :${ports.status}
  timeout client 10s
  monitor-uri /primary
  monitor fail if { nbsrv(primary) eq 0 }
`;

const backend = (name: string, question: string, members: readonly string[]): string => `backend ${name}
  balance leastconn
  option httpchk OPTIONS ${question}
  http-check expect status 200
  default-server port ${ports.control} check check-ssl verify required ca-file ${authority}
  default-server inter 1s fastinter 500ms downinter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
${members.map(member => `  server ${member} ${member}:${ports.postgres} verifyhost ${member}\n`).join('')}`;
