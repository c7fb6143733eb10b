import type { CertificateFacts, HttpFacts, InterfaceFacts, PortFacts, RouteFacts } from '../facts/network.ts';
import type { PostgresFacts, RoleFacts } from '../facts/postgres.ts';
import { missing, type Row, rows } from './row.ts';

const port: PortFacts = { answer: 'it takes connections', addresses: ['127.0.0.1'], programs: ['node'] };
const open: PortFacts = { ...port, addresses: ['0.0.0.0'], programs: ['nginx'] };
const eth0: InterfaceFacts = { up: true, mtu: 1_500, addresses: ['10.0.0.5/24'] };
const down: InterfaceFacts = { up: false, mtu: 9_000, addresses: [] };
const route: RouteFacts = { gateway: '10.0.0.1', interface: 'eth0' };
const direct: RouteFacts = { interface: 'eth1' };

const network: readonly Row[] = [
  ...rows(
    'port',
    [['listens'], port, missing, 'listens', 'does not listen', 'gone'],
    [['listensOn', '0.0.0.0'], open, port, 'listens on 0.0.0.0', 'does not listen on 0.0.0.0', '127.0.0.1'],
    [
      ['listensToItselfAlone'],
      port,
      open,
      'listens to its own machine alone',
      'does not listen to its own machine alone',
      '0.0.0.0',
    ],
    [['isHeldBy', 'node'], port, open, 'is held by node', 'is not held by node', 'nginx'],
  ),
  ...rows(
    'interface',
    [['exists'], eth0, missing, 'exists', 'does not exist', 'gone'],
    [['isUp'], eth0, down, 'is up', 'is not up', 'it is down'],
    [
      ['hasAddress', '10.0.0.5'],
      eth0,
      down,
      'has the address 10.0.0.5',
      'does not have the address 10.0.0.5',
      'it has none',
    ],
    [['hasMtu', 1_500], eth0, down, 'has MTU 1500', 'does not have MTU 1500', 'MTU 9000'],
  ),
  ...rows(
    'route',
    [['exists'], route, missing, 'exists', 'does not exist', 'gone'],
    [['goesVia', '10.0.0.1'], route, direct, 'goes via 10.0.0.1', 'does not go via 10.0.0.1', 'through eth1'],
    [['goesThrough', 'eth0'], route, direct, 'goes through eth0', 'does not go through eth0', 'through eth1'],
  ),
  ...rows(
    'firewall',
    [['exists'], { rules: [] }, missing, 'exists', 'does not exist', 'gone'],
    [
      ['hasPolicy', 'drop'],
      { policy: 'drop', rules: [] },
      { policy: 'accept', rules: [] },
      'has the policy drop',
      'does not have the policy drop',
      'policy accept',
    ],
    [
      ['hasRule', '--dport 22'],
      { rules: ['-p tcp --dport 22 -j ACCEPT'] },
      { rules: [] },
      'has a rule with "--dport 22"',
      'has no rule with "--dport 22"',
      'it has no rules',
    ],
  ),
];

const ok: HttpFacts = {
  status: 200,
  answer: '200 OK',
  headers: { 'content-type': 'application/json' },
  body: '{"status":"ok"}',
  tls: { version: '1.3' },
};
const broken: HttpFacts = { status: 503, answer: '503 Service Unavailable: no', headers: { server: 'x' }, body: 'no' };
const moved: HttpFacts = { status: 308, answer: '308 Permanent Redirect', headers: { location: '/new' }, body: '' };
const old: HttpFacts = { ...ok, tls: { version: '1.1', distrust: 'it has expired' } };

const http = (type: 'http' | 'url') =>
  rows(
    type,
    [
      ['answers', [200, 204]],
      ok,
      broken,
      'answers 200 or 204',
      'does not answer 200 or 204',
      '503 Service Unavailable: no',
    ],
    [
      ['hasHeader', 'Content-Type', /json/],
      ok,
      broken,
      'has the header content-type: /json/',
      'does not have the header content-type: /json/',
      'its headers are server',
    ],
    [['says', '"ok"'], ok, broken, 'says "\\"ok\\""', 'does not say "\\"ok\\""', 'it says "no"'],
    [
      ['hasJson', '.status', 'ok'],
      ok,
      { ...ok, body: '{"status":"down"}' },
      'says "ok" at .status of its JSON',
      'does not say "ok" at .status of its JSON',
      '"down" at .status',
    ],
    [['redirectsTo', '/new'], moved, ok, 'redirects to /new', 'does not redirect to /new', '200 OK'],
    [['speaksTls', '1.2'], ok, old, 'speaks TLS 1.2 or newer', 'does not speak TLS 1.2 or newer', 'TLS 1.1'],
    [['isTrusted'], ok, old, 'is to be trusted', 'is not to be trusted', 'it has expired'],
  );

const certificate: CertificateFacts = {
  subject: 'CN=shop.example',
  issuer: 'O=Let us Encrypt, CN=R3',
  names: ['*.shop.example', 'shop.example'],
  daysLeft: 30,
  chain: ['CN=shop.example', 'CN=R3', 'CN=Root X1'],
};
const expired: CertificateFacts = {
  subject: 'CN=other',
  issuer: 'CN=other',
  names: [],
  daysLeft: -2,
  chain: ['CN=other'],
  distrust: 'it is signed by itself',
};

const answers: readonly Row[] = [
  ...http('http'),
  ...http('url'),
  ...rows(
    'tcp',
    [['accepts'], { answer: 'connected' }, missing, 'accepts connections', 'does not accept connections', 'gone'],
    [
      ['greetsWith', 'SSH-2.0'],
      { answer: 'connected', greeting: 'SSH-2.0-OpenSSH' },
      { answer: 'connected', greeting: '220 mail' },
      'greets with "SSH-2.0"',
      'does not greet with "SSH-2.0"',
      'it says "220 mail"',
    ],
  ),
  ...rows(
    'udp',
    [['replies'], { reply: 'pong' }, missing, 'replies', 'does not reply', 'gone'],
    [
      ['repliesWith', 'pong'],
      { reply: 'pong' },
      { reply: '' },
      'replies with "pong"',
      'does not reply with "pong"',
      'an empty reply',
    ],
  ),
  ...rows(
    'dns',
    [['resolves'], { values: ['10.0.0.1'] }, missing, 'resolves', 'does not resolve', 'gone'],
    [
      ['resolvesTo', '10.0.0.1'],
      { values: ['10.0.0.1', '10.0.0.2'] },
      { values: ['10.0.0.2'] },
      'resolves to 10.0.0.1',
      'does not resolve to 10.0.0.1',
      '10.0.0.2',
    ],
    [
      ['resolvesOnlyTo', ['10.0.0.2', '10.0.0.1']],
      { values: ['10.0.0.1', '10.0.0.2'] },
      { values: ['10.0.0.1'] },
      'resolves to 10.0.0.2 and 10.0.0.1, and to nothing else',
      'resolves to something else than 10.0.0.2 and 10.0.0.1',
      '10.0.0.1',
    ],
  ),
  ...rows(
    'certificate',
    [['isPresented'], certificate, missing, 'is presented', 'is not presented', 'gone'],
    [['isTrusted'], certificate, expired, 'is to be trusted', 'is not to be trusted', 'it is signed by itself'],
    [
      ['isIssuedBy', 'Let us Encrypt'],
      certificate,
      expired,
      'is issued by Let us Encrypt',
      'is not issued by Let us Encrypt',
      'issuer CN=other',
    ],
    [
      ['isFor', 'www.shop.example'],
      certificate,
      expired,
      'is for www.shop.example',
      'is not for www.shop.example',
      'it names no host',
    ],
    [
      ['hasDaysLeft', 30],
      certificate,
      expired,
      'is valid for at least 30 more days',
      'is not valid for at least 30 more days',
      'it expired 2 days ago',
    ],
    [['leadsTo', 'Root X1'], certificate, expired, 'leads to Root X1', 'does not lead to Root X1', 'CN=other'],
  ),
  ...rows(
    'latency',
    [
      ['isBelow', '100ms'],
      { samples: [10, 20, 99] },
      { samples: [10, 20, 100] },
      'is below 100ms each time',
      'is not below 100ms each time',
      '100ms, of 3 measured',
    ],
    [
      ['isMostlyBelow', '100ms'],
      { samples: [...Array(19).fill(10), 500] },
      { samples: [...Array(18).fill(10), 500, 500] },
      'is below 100ms in 95 of 100 cases',
      'is not below 100ms in 95 of 100 cases',
      '500ms, of 20 measured',
    ],
    [
      ['hasMedianBelow', '100ms'],
      { samples: [10, 500] },
      { samples: [10, 500, 500] },
      'is below 100ms at the median',
      'is not below 100ms at the median',
      '500ms, of 3 measured',
    ],
  ),
];

const primary: PostgresFacts = {
  version: '15.14',
  isStandby: false,
  lag: 20,
  standbys: [{ name: 'db-2', synchronous: true }],
};
const standby: PostgresFacts = { version: '16.1', isStandby: true, lag: 5_000, standbys: [] };
const role: RoleFacts = {
  superuser: true,
  login: true,
  replication: true,
  createRole: true,
  createDatabase: true,
  memberOf: ['readers'],
};
const nobody: RoleFacts = {
  superuser: false,
  login: false,
  replication: false,
  createRole: false,
  createDatabase: false,
  memberOf: [],
};
const none = 'it has no rights of its own';

const postgres: readonly Row[] = [
  ...rows(
    'postgres',
    [['takesQueries'], primary, missing, 'takes queries', 'does not take queries', 'gone'],
    [['hasVersion', '15'], primary, standby, 'has version 15', 'does not have version 15', 'version 16.1'],
    [['isStandby'], standby, primary, 'is a standby', 'is not a standby', 'it is a primary'],
    [
      ['hasLagBelow', '1s'],
      primary,
      standby,
      'has a replication lag below 1s',
      'does not have a replication lag below 1s',
      'a lag of 5.0s',
    ],
    [['hasStandbys', 1], primary, standby, 'has 1 standby', 'does not have 1 standby', 'it has none'],
    [
      ['hasSynchronousStandby', 'db-2'],
      primary,
      { ...primary, standbys: [{ name: 'db-2', synchronous: false }] },
      'has db-2 as a synchronous standby',
      'does not have db-2 as a synchronous standby',
      'db-2 (asynchronous)',
    ],
  ),
  ...rows(
    'postgres-query',
    [['returns', 1], { rows: [[1]] }, { rows: [[2]] }, 'returns 1', 'does not return 1', '1 row, the first: [2]'],
    [
      ['returnsRows', 0],
      { rows: [] },
      { rows: [[2]] },
      'returns 0 rows',
      'does not return 0 rows',
      '1 row, the first: [2]',
    ],
  ),
  ...rows(
    'postgres-role',
    [['exists'], role, missing, 'exists', 'does not exist', 'gone'],
    [['isSuperuser'], role, nobody, 'is a superuser', 'is not a superuser', none],
    [['canLogIn'], role, nobody, 'can log in', 'cannot log in', none],
    [['canReplicate'], role, nobody, 'can replicate', 'cannot replicate', none],
    [['canCreateRoles'], role, nobody, 'can create roles', 'cannot create roles', none],
    [['canCreateDatabases'], role, nobody, 'can create databases', 'cannot create databases', none],
    [
      ['isMemberOf', 'readers'],
      role,
      nobody,
      'is a member of readers',
      'is not a member of readers',
      'it is a member of none',
    ],
  ),
  ...rows(
    'postgres-extension',
    [['isInstalled'], { version: '1.3' }, missing, 'is installed', 'is not installed', 'gone'],
    [
      ['hasVersion', /^1\./],
      { version: '1.3' },
      { version: '2.0' },
      'has version /^1\\./',
      'does not have version /^1\\./',
      'version 2.0',
    ],
  ),
  ...rows(
    'postgres-setting',
    [
      ['hasValue', 'on'],
      { value: 'on', pendingRestart: false },
      { value: 'off', pendingRestart: false },
      'is on',
      'is not on',
      'it is off',
    ],
    [
      ['waitsForRestart'],
      { value: 'on', pendingRestart: true },
      { value: 'on', pendingRestart: false },
      'waits for a restart',
      'does not wait for a restart',
      'it is on',
    ],
  ),
];

/** Matchers of the network, of what answers, and of PostgreSQL. */
export const outwardRows: readonly Row[] = [...network, ...answers, ...postgres];
