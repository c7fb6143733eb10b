import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

const cache = join(import.meta.dirname, '../../../../../../.cache/edge');
const shell =
  'ln -sf dash "$1/bin/sh"; rm -rf "$1"/usr/share/doc "$1"/usr/share/man "$1"/usr/share/locale; chmod 1777 "$1/tmp"';

/** Path of a root file system with Debian's caddy, a shell and a Node to write backends for; made once. */
export function caddyRoot(): string {
  const archive = join(cache, 'caddy-node.tar');
  if (existsSync(archive)) return archive;
  mkdirSync(cache, { recursive: true });
  const partial = `${archive}.${process.pid}`;
  const packages = '--include=caddy,dash,coreutils,grep,nodejs';
  execFileSync('mmdebstrap', [
    '--variant=extract',
    '--format=tar',
    packages,
    `--customize-hook=${shell}`,
    'bookworm',
    partial,
  ]);
  renameSync(partial, archive);
  return archive;
}

/** A program that tells its NAME, or on `/who` the headers; `/slow` takes 4 s; a connection that is upgraded echoes. */
export const backend = `
const server = require('http').createServer((asked, answer) => {
  asked.resume().on('end', () => {
    if (asked.url === '/who') return answer.end(JSON.stringify(asked.headers));
    if (asked.url !== '/slow') return answer.end(process.env.NAME);
    let left = 40;
    const tick = setInterval(() => (left-- > 0 ? answer.write('.') : (clearInterval(tick), answer.end('end'))), 100);
  });
});
server.on('upgrade', (asked, socket) => {
  socket.on('error', () => {}).on('data', data => socket.write(data));
  socket.write('HTTP/1.1 101 Switching Protocols\\r\\nConnection: Upgrade\\r\\nUpgrade: websocket\\r\\n\\r\\n');
});
process.on('SIGTERM', () => process.exit());
server.listen(8080);
`;
