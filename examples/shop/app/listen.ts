import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type Answer, json, send } from './answers.ts';
import { reasonOf } from './database.ts';
import { say } from './log.ts';

export type Handler = (request: IncomingMessage) => Promise<Answer>;

// Longer than any proxy keeps an idle connection, so that it is always the proxy that closes: the other way round a
// request can meet a connection that is just being closed, and fail.
const keepAlive = 180_000;

/** Listens on all addresses of the container. */
export async function listen(port: number, handle: Handler): Promise<Server> {
  const server = createServer({ keepAliveTimeout: keepAlive }, async (request, response) =>
    send(response, await answerOf(handle, request), !server.listening),
  );
  await new Promise<void>(resolve => server.listen(port, resolve));
  return server;
}

async function answerOf(handle: Handler, request: IncomingMessage): Promise<Answer> {
  try {
    return await handle(request);
  } catch (error) {
    say('a request failed', { url: request.url, reason: reasonOf(error) });
    return json(500, { error: 'something went wrong here; the log has more' });
  }
}

/** Takes no more requests, and resolves when those under way are answered. */
export const closed = (server: Server): Promise<void> => new Promise(resolve => server.close(() => resolve()));
