import type { ListeningFacts, OneSocket } from '../../../../model/assertion/facts/whole.ts';
import type { Snapshot } from '../../../../ports/looking/snapshot.ts';
import type { Glance } from '../glance.ts';
import type { OneProcessRead } from '../processes.ts';
import type { Scene } from '../scene.ts';
import { notRead } from '../texts.ts';
import type { Listening } from './sockets.ts';

/** Which ports the kernel gives to whoever asks for none in particular: two numbers. */
export const portRange = 'net.ipv4.ip_local_port_range';

/** Every socket that waits for others, but those that are the engine's, and those of clients. */
export function listeningOf({ snapshot, processes, listening }: Scene): Glance<ListeningFacts> {
  const { network = notRead } = snapshot;
  if (!('network' in network)) return network;
  const isGiven = givenIn(snapshot);
  const all = listening.map(socket => ({ socket, holder: holderOf(socket, processes) }));
  const own = all.filter(({ socket, holder }) => !isOfEngine(socket, holder, isGiven) && !isOfClient(socket, isGiven));
  return { facts: { sockets: unique(own.map(({ socket, holder }) => factsOf(socket, holder))) } };
}

const holderOf = ({ inode }: Listening, processes: readonly OneProcessRead[]): OneProcessRead | undefined =>
  processes.find(({ sockets }) => sockets.includes(inode));

type IsGiven = (port: number) => boolean;

/** From outside of the target the kernel does not tell: then they are those that every kernel begins with. */
function givenIn({ kernel }: Snapshot): IsGiven {
  const seen = kernel.get(portRange);
  const [first = 32_768, last = 60_999] = seen && 'text' in seen ? seen.text.trim().split(/\s+/).map(Number) : [];
  return port => port >= first && port <= last;
}

/**
 * In a network of a user, Docker answers questions of the DNS inside of each container, on 127.0.0.11. Its sockets are in
 * the network namespace of the container, on ports that the kernel gave, but no process in there holds them: so nothing
 * in there can pass its own for them where processes can be seen.
 */
const isOfEngine = ({ address, port }: Listening, holder: OneProcessRead | undefined, isGiven: IsGiven): boolean =>
  address === '127.0.0.11' && isGiven(port) && holder === undefined;

/**
 * UDP knows no listening: who only asks others has a socket that looks like that of who waits to be asked, but for the
 * port, which the kernel gave.
 */
const isOfClient = ({ protocol, port }: Listening, isGiven: IsGiven): boolean => protocol === 'udp' && isGiven(port);

const factsOf = ({ protocol, address, port }: Listening, holder: OneProcessRead | undefined): OneSocket => ({
  protocol,
  address,
  port,
  ...(holder && { program: holder.name }),
});

/** Several processes may listen on one port of one address. */
const unique = (all: readonly OneSocket[]): readonly OneSocket[] => [
  ...new Map(all.map(one => [`${one.protocol} ${one.address} ${one.port} ${one.program}`, one])).values(),
];
