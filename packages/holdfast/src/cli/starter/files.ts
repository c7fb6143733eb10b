/** What the first service runs on. */
export type Base =
  | { readonly from: 'machine'; readonly archive: string }
  | { readonly from: 'archive'; readonly archive: string }
  | { readonly from: 'image'; readonly reference: string };

export interface Starter {
  readonly name: string;
  readonly base: Base;
  /** The first host port of its environment. */
  readonly ports: number;
  /** Of this package. */
  readonly version: string;
}

/** The files of a project that has just begun, by path. Pure. */
export const starterFiles = (starter: Starter): Readonly<Record<string, string>> => ({
  'system.ts': starter.base.from === 'machine' ? webSystem(starter, starter.base.archive) : plainSystem(starter),
  'holdfast.config.ts': config(starter),
  'tsconfig.json': `${JSON.stringify(tsconfig, null, 2)}\n`,
  'package.json': `${JSON.stringify(manifest(starter), null, 2)}\n`,
});

const webSystem = (
  { name }: Starter,
  archive: string,
): string => `// WHAT the system is. See it with \`holdfast plan\`, make it so with \`holdfast up\`.
import { image, network, probe, service, system } from 'holdfast';

const server = \`
  const { createServer } = require('node:http');
  createServer((request, response) => {
    console.log(request.method, request.url);
    response.end(request.url === '/healthz' ? 'well' : process.env.GREETING);
  }).listen(8080);
\`;

export default system('${name}', env => {
  // The Node of the machine where \`holdfast init\` ran. Put your own in its place:
  // image('node', { base: debian('bookworm'), steps: [nodejs('24'), copy('./app', '/app')] }), baked to the same bits each
  // time, or image('node', { dockerfile: './app/Dockerfile' }), or image('node', { reference: 'node@sha256:…' })
  const node = image('node', { archive: './${archive}' });
  const lan = network('lan');

  service('web', {
    image: node,
    network: lan,
    user: '1000:1000',
    command: ['/bin/node', '/app/server.js'],
    files: { '/app/server.js': server },
    env: { GREETING: \`Hello from \${env.name}!\\n\` },
    ports: { http: 8080 },
    publish: ['http'],
    health: probe.http('http', '/healthz', { interval: '200ms' }),
    limits: { memory: '256MB' },
    readOnly: true,
  });
});
`;

const plainSystem = ({
  name,
  base,
}: Starter): string => `// WHAT the system is. See it with \`holdfast plan\`, make it so with \`holdfast up\`.
import { image, network, service, system } from 'holdfast';

export default system('${name}', env => {
  const base = image('base', { ${sourceOf(base)} });
  const lan = network('lan');

  service('hello', {
    image: base,
    network: lan,
    command: ['sh', '-c', 'while true; do echo "$GREETING"; sleep 5; done'],
    env: { GREETING: \`Hello from \${env.name}!\` },
    stop: { grace: '1s' },
  });
});
`;

const sourceOf = (base: Base): string =>
  base.from === 'image' ? `reference: '${base.reference}'` : `archive: '${relative(base.archive)}'`;

const relative = (path: string): string => (/^\.{0,2}\//.test(path) ? path : `./${path}`);

const config = ({ name, ports }: Starter): string => `// WHERE it lives.
import { defineConfig, engine, environment } from 'holdfast/config';

export default defineConfig({
  environments: {
    local: environment({ engine: engine.local(), domain: '${name}.localhost', ports: ${ports} }),
  },
});
`;

const tsconfig = {
  compilerOptions: {
    target: 'es2024',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    // Node runs these files as they are, by leaving their types out.
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: ['node'],
  },
  include: ['*.ts'],
};

const manifest = ({ name, version }: Starter) => ({
  name,
  private: true,
  type: 'module',
  engines: { node: '>=24' },
  scripts: { check: 'tsc' },
  devDependencies: { holdfast: `^${version}`, '@types/node': '^24.0.0', typescript: '^7.0.0' },
});
