import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
import type { Callee } from '../../model/declaration/call-site.ts';
import { viaNode } from './caller.ts';
import { refuse, takeOver, takeOverUnread } from './refuse.ts';

const why = 'what the network answers can differ each time, or not come at all';
const fix = 'fetch it beforehand into a file that system.ts reads, or let the service ask for it when it runs';

/** No answer can be made up, so packages are refused as well. */
const refuseNetwork = (name: string, callee: Callee): never => refuse({ name: `${name}()`, why, fix }, callee);

export function poisonNetwork(): void {
  takeOver(net.Socket.prototype, ['connect'], () => closed('net.connect'));
  takeOver(net.Server.prototype, ['listen'], () => closed('net.listen'));
  takeOver(dgram, ['createSocket'], () => closed('dgram.createSocket'));
  for (const holder of [dns, dns.promises])
    takeOver(holder, Object.keys(holder).filter(isLookup), (_, name) => closed(`dns.${name}`));
  takeOverUnread(globalThis, ['fetch', 'WebSocket', 'EventSource'], closed);
}

const isLookup = (name: string): boolean => /^(lookup|resolve|reverse)/.test(name);

/** Told under the name that the user called it by: `https.get` ends in a socket's `connect`. */
const closed = (name: string) =>
  function refused(): never {
    return refuseNetwork(viaNode(refused) ?? name, refused);
  };
