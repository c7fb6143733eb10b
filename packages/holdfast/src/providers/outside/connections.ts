import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, isIPv6, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { PortFacts, TcpFacts, UdpFacts } from '../../model/assertion/facts/network.ts';
import type { Looked } from '../../model/assertion/matcher.ts';
import { lookup } from './lookup.ts';

export interface Place {
  readonly host: string;
  readonly port: number;
}

/** How long it is waited for what the other side says first, in milliseconds, and how much of it is taken. */
const greeting = { within: 2_000, most: 64 * 1024 } as const;

export async function askTcp(place: Place, wantsGreeting: boolean, signal: AbortSignal): Promise<Looked<TcpFacts>> {
  using socket = await connected(place, signal);
  const said = wantsGreeting ? await firstWords(socket.socket, signal) : undefined;
  return { facts: { answer: 'it takes connections', ...(said !== undefined && { greeting: said }) } };
}

/** A port that the engine publishes is answered by itself, which hangs up when nothing listens behind it. */
const hangsUpWithin = 150;

export async function askPort(place: Place, signal: AbortSignal): Promise<Looked<PortFacts>> {
  using open = await connected(place, signal);
  const { socket } = open;
  socket.resume();
  const isShut = await Promise.race([
    once(socket, 'close', { signal }).then(() => true),
    once(socket, 'data', { signal }).then(() => false),
    pause(hangsUpWithin, false, { signal }),
  ]);
  return isShut ? { missing: 'it hangs up at once' } : { facts: { answer: 'it takes connections' } };
}

/** Resolves when the connection stands; it is taken down in the end. */
export async function connected(place: Place, signal: AbortSignal): Promise<Disposable & { readonly socket: Socket }> {
  const socket = connect({ ...place, signal, lookup });
  const open = { socket, [Symbol.dispose]: () => void socket.destroy() };
  try {
    await once(socket, 'connect', { signal });
    socket.on('error', () => {});
    return open;
  } catch (error) {
    socket.on('error', () => {});
    socket.destroy();
    throw error;
  }
}

async function firstWords(socket: Socket, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  const late = AbortSignal.any([signal, AbortSignal.timeout(greeting.within)]);
  late.addEventListener('abort', () => socket.destroy(), { once: true });
  try {
    for await (const chunk of socket) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > greeting.most || chunk.includes('\n')) break;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!late.aborted && chunks.length === 0) throw error;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Sends once, and waits for the first that comes back. */
export async function askUdp({ host, port }: Place, text: string, signal: AbortSignal): Promise<Looked<UdpFacts>> {
  const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', signal });
  try {
    const heard = once(socket, 'message', { signal });
    // Whichever comes first is told; the other one then is nobody's concern.
    heard.catch(() => {});
    socket.connect(port, host);
    await once(socket, 'connect', { signal });
    socket.send(text);
    const [message] = (await heard) as [Buffer];
    return { facts: { reply: message.toString('utf8') } };
  } finally {
    socket.close();
  }
}
