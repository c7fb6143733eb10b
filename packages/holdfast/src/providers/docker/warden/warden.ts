import type Docker from 'dockerode';
import { Problem } from '../../../kit/problem.ts';
import type { Scope } from '../../../model/identity.ts';
import type { Member, Warden } from '../../../ports/warden.ts';
import { attempt, unless, unlessGone } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { memberEvents } from './events.ts';
import { inspected, keyOf, memberOf, membersOf, type Place, placesOf } from './members.ts';
import { connect, disconnect, newStandIn, type StandIn, standInsAt } from './stand-in.ts';

/** For how long an address is held at the longest, in milliseconds: whoever wants it back then need not be asked. */
const longest = 60_000;

/** Keeps the members of an environment's database clusters on one engine. */
export function dockerWarden(host: DockerHost, scope: Scope): Warden {
  const { docker } = host;
  const crew = crewOf(host);
  /** By name, the container of it that was seen last: where it was outlasts it. */
  const seen = new Map<string, Docker.ContainerInspectInfo>();
  const inspect = (id: string) => unlessGone(() => docker.getContainer(id).inspect());

  async function look(before?: Member): Promise<readonly Member[]> {
    const [found, held, same] = await Promise.all([
      inspected(docker, membersOf(scope)),
      standInsAt(docker),
      before && inspect(before.id),
    ]);
    const members = found.flatMap(one => {
      const member = memberOf(one, scope, new Set(held.keys()));
      if (member) seen.set(member.name, one);
      return member ?? [];
    });
    return before && !same ? [...members, gone(before, held)] : members;
  }

  const gone = (member: Member, held: ReadonlyMap<string, string>): Member => ({
    ...member,
    ...{ life: 'gone', comesBack: false },
    isHeld: placesIn(lastSeen(member)).some(place => held.has(keyOf(place))),
  });

  const lastSeen = ({ id, name }: Member) => (seen.get(name)?.Id === id ? seen.get(name) : undefined);

  async function takeAddress(member: Member): Promise<boolean> {
    const now = await inspect(member.id);
    const found = now ?? lastSeen(member);
    if (!found || (now && memberOf(now, scope, new Set())?.life !== 'dead')) return false;
    const places = placesOf(found);
    for (const place of places) await crew.put(place, found.Image);
    return places.length > 0;
  }

  async function giveAddressBack(member: Member): Promise<void> {
    const found = (await inspect(member.id)) ?? lastSeen(member);
    const held = await standInsAt(docker);
    for (const place of placesIn(found)) {
      const holder = held.get(keyOf(place));
      if (holder) await crew.withdraw(holder, place);
    }
  }

  return {
    events: (signal, listening) => memberEvents(host, scope, signal, listening),
    look: before => attempt('the members of database clusters can not be listed', () => look(before)),
    prepare: () =>
      attempt('nobody can be made ready to stand in for members', async () => {
        const [member] = await inspected(docker, membersOf(scope));
        const [place] = member ? placesOf(member) : [];
        if (member && place) await crew.prepare(member.Image, place.network);
      }),
    fence: member => about('kept from coming back by itself', member, () => fence(docker.getContainer(member.id))),
    start: member => about('started', member, () => start(docker.getContainer(member.id), member)),
    takeAddress: member => about('stood in for', member, () => takeAddress(member)),
    giveAddressBack: member => about('given its address back', member, () => giveAddressBack(member)),
    [Symbol.asyncDispose]: crew.end,
  };
}

const placesIn = (found: Docker.ContainerInspectInfo | undefined): readonly Place[] => (found ? placesOf(found) : []);

const about = <T>(what: string, { name }: Member, work: () => Promise<T>): Promise<T> =>
  attempt(`member ${name} can't be ${what}`, work);

async function fence(container: Docker.Container): Promise<void> {
  await unlessGone(() => container.update({ RestartPolicy: { Name: 'no', MaximumRetryCount: 0 } }));
}

/** 304: it runs. */
async function start(container: Docker.Container, { name }: Member): Promise<void> {
  const isThere = await unlessGone(() => unless([304], () => container.start()).then(() => true));
  if (!isThere) throw new Problem({ what: `member ${name} can't be started: its container is gone` });
}

/** The stand-ins of this process. One is enough, but for two that die at once on one network. */
function crewOf(host: DockerHost) {
  const crew = new Set<StandIn>();
  let coming: Promise<StandIn> | undefined;

  const hire = async (image: string, network: string): Promise<void> => {
    coming ??= newStandIn(host, image, network).finally(() => {
      coming = undefined;
    });
    crew.add(await coming);
  };
  const freeOn = (network: string): StandIn | undefined => {
    for (const one of crew) if (one.isOver) crew.delete(one);
    return [...crew].find(({ places }) => ![...places.values()].some(place => place.network === network));
  };
  const withdraw = async (id: string, place: Place): Promise<void> => {
    await disconnect(host, id, place.network);
    for (const one of crew) if (one.id === id) one.places.delete(keyOf(place));
  };

  return {
    withdraw,
    prepare: async (image: string, network: string): Promise<void> => {
      if (!freeOn(network)) await hire(image, network);
    },
    async put(place: Place, image: string): Promise<void> {
      let standIn = freeOn(place.network);
      for (; !standIn; standIn = freeOn(place.network)) await hire(image, place.network);
      await connect(host, standIn, place);
      const { id } = standIn;
      setTimeout(() => withdraw(id, place).catch(() => {}), longest).unref();
    },
    async end(): Promise<void> {
      for (const one of crew) one.end();
      await coming?.then(one => one.end()).catch(() => {});
      crew.clear();
    },
  };
}
