/**
 * A program that tells its NAME, or on `/who` the headers; `/slow` takes 4 s; after `/once` it closes the connection; one
 * that is upgraded echoes.
 */
export const backend = `
const server = require('http').createServer((asked, answer) => {
  asked.resume().on('end', () => {
    if (asked.url === '/who') return answer.end(JSON.stringify(asked.headers));
    if (asked.url === '/once') answer.setHeader('connection', 'close');
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
server.listen({ port: 8080, backlog: Number(process.env.BACKLOG) });
`;
