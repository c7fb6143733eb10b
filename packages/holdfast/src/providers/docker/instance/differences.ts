import { spellSize } from '../../../kit/size.ts';
import type { InstanceDesire, NetworkPlace } from '../../../ports/desires.ts';
import type { Desired, Difference, Seen } from '../../../ports/provider.ts';
import type { Enforces } from '../host/host.ts';
import { isSameByInputs } from '../image/reference.ts';
import { bornWithOf, hiddenText, imagePart, type Parts, partsOf } from './parts.ts';
import type { Actual, Attachment, DockerInstanceState } from './state.ts';

/**
 * What is not as declared. What a container is born with is judged by what it was born with, so that nothing the
 * engine fills in makes a difference; what can be changed afterwards is judged by what is there.
 */
export function instanceDifferences(
  desired: Desired<InstanceDesire>,
  seen: Seen<DockerInstanceState>,
  enforces: Enforces,
): readonly Difference[] {
  const { spec } = desired;
  const { actual } = seen.state;
  if (!actual) return [{ aspect: 'instance', found: 'one that is not ours', wanted: desired.name, mend: 'replace' }];
  const definition = definitionDifferences(partsOf(spec), actual);
  if (hasDoneItsWork(spec, seen.state)) return definition;
  return [
    ...definition,
    ...limitDifferences(spec, actual, enforces),
    ...restartDifferences(spec, seen.state, actual),
    ...nameDifferences(desired.name, seen.name),
    ...networkDifferences(spec, actual),
    ...statusDifferences(spec, seen.state),
  ];
}

const hasDoneItsWork = ({ runs }: InstanceDesire, { status, exitCode }: DockerInstanceState): boolean =>
  runs === 'once' && status === 'exited' && exitCode === 0;

/** An image that was renamed is the one that the container was born with. */
function definitionDifferences(wanted: Parts, actual: Actual): readonly Difference[] {
  const isAnotherImage = !isSameByInputs(wanted.image?.words ?? '', actual.image);
  const declared: Parts = isAnotherImage ? wanted : { ...wanted, image: imagePart(actual.image) };
  if (bornWithOf(declared) === actual.bornWith && !isAnotherImage) return [];
  const aspects = [...new Set([...Object.keys(declared), ...Object.keys(actual.bornParts)])];
  const differing = aspects.filter(
    aspect => declared[aspect]?.digest !== actual.bornParts[aspect] || (aspect === 'image' && isAnotherImage),
  );
  return differing.length === 0
    ? [replace('definition', 'another one', 'the declared one')]
    : differing.map(aspect => replace(aspect, ...wordsFor(aspect, declared, actual)));
}

function wordsFor(aspect: string, declared: Parts, { words, bornParts }: Actual): [found: string, wanted: string] {
  const wanted = declared[aspect]?.words ?? 'not set';
  const was = aspect in bornParts || aspect === 'image';
  const found = was ? (words[aspect] ?? hiddenText) : 'not set';
  const isHidden = wanted === hiddenText || found === hiddenText || found === wanted;
  return was && isHidden && wanted !== 'not set' ? [`another ${hiddenWord(aspect)}`, wanted] : [found, wanted];
}

const hiddenWord = (aspect: string): string => (aspect.startsWith('file ') ? 'content, mode or owner' : 'value');

function* limitDifferences({ limits }: InstanceDesire, actual: Actual, enforces: Enforces): Generator<Difference> {
  const found = actual.limits;
  const memory = enforces.memory ? (limits.memory ?? 0) : found.memory;
  const cpu = enforces.cpu ? (limits.cpu ?? 0) : found.cpu;
  if (found.memory !== memory) yield limit('memory limit', found.memory, memory, spellBytes);
  else if (memory > 0 && enforces.swap && found.swap !== memory)
    yield inPlace('swap limit', found.swap < 0 ? 'none' : spellBytes(found.swap - memory), 'no swap');
  if (found.cpu !== cpu) yield limit('cpu limit', found.cpu, cpu, thousandths => `${thousandths / 1_000}`);
  if (enforces.processes && found.processes !== limits.processes)
    yield limit('process limit', found.processes, limits.processes, String);
  for (const [name, value] of Object.entries(found.byHand)) yield replace(name, `${value}, set by hand`, 'not set');
}

/** The engine has no way to take a limit back; it only knows how to set another. */
const limit = (aspect: string, found: number, wanted: number, spelled: (amount: number) => string): Difference => ({
  aspect,
  found: found === 0 ? 'none' : spelled(found),
  wanted: wanted === 0 ? 'none' : spelled(wanted),
  mend: wanted === 0 ? 'replace' : 'in-place',
});

/** Exact where the short spelling would not be. */
const spellBytes = (amount: number): string => `${spellSize(amount)} (${amount} bytes)`;

export const wantedRestart = ({ runs, restart }: InstanceDesire): InstanceDesire['restart'] =>
  runs === 'always' ? restart : 'no';

/**
 * What waits for its schedule is never started by us, which would show that its files are in place: until they are, it has
 * a restart policy that does nothing to what never ran.
 */
export const restartAtBirth = (spec: InstanceDesire): InstanceDesire['restart'] =>
  spec.runs === 'on-schedule' ? unfilled : wantedRestart(spec);

const unfilled = 'on-failure';
/** Whether a crash came before its files were in place. */
export const isUnfilled = (status: string, restart: string | undefined): boolean =>
  status === 'created' && restart === unfilled;

const filesAspect = 'files';

/** What an update of the container mends. */
export const updatable = ['memory limit', 'swap limit', 'cpu limit', 'process limit', 'restart policy', filesAspect];

function* restartDifferences(spec: InstanceDesire, state: DockerInstanceState, actual: Actual): Generator<Difference> {
  const { restart } = actual;
  if (spec.runs === 'on-schedule' && isUnfilled(state.status, restart))
    yield inPlace(filesAspect, 'not all of them yet', 'all in place');
  else if (restart !== wantedRestart(spec)) yield inPlace('restart policy', restart, wantedRestart(spec));
}

function* nameDifferences(wanted: string, found: string): Generator<Difference> {
  if (found !== wanted) yield inPlace('name', found, wanted);
}

/** The aspect of one network, as `network shop-local-lan-k3x`. */
export const networkAspect = (name: string): string => `network ${name}`;

/** The engine itself makes a container answer to its hostname. */
export const ownAliases = (spec: InstanceDesire, aliases: readonly string[]): readonly string[] =>
  [...new Set(aliases)].filter(alias => alias !== spec.hostname).toSorted();

function* networkDifferences(spec: InstanceDesire, { networks: found, lostNetwork }: Actual): Generator<Difference> {
  const wanted = new Map(spec.networks.map(place => [place.name, place]));
  const change = isStranded(wanted, lostNetwork) ? replace : inPlace;
  for (const [name, place] of wanted) {
    const words = attachmentWords(found[name], ownAliases(spec, place.aliases));
    if (words) yield change(networkAspect(name), ...words);
    yield* addressDifferences(place, found[name]);
  }
  for (const [name, { exists }] of Object.entries(found))
    if (!wanted.has(name)) yield { ...inPlace(networkAspect(name), 'connected', 'not connected'), mend: letGo(exists) };
}

function* addressDifferences({ name, address }: NetworkPlace, found: Attachment | undefined): Generator<Difference> {
  if (!found?.exists || found.address === address) return;
  yield replace(
    `address on ${networkAspect(name)}`,
    ...([found.address, address].map(spellAddress) as [string, string]),
  );
}

const spellAddress = (address: string | undefined): string => address ?? 'whichever the engine gives';

/** Newer engines connect a container to nothing while no network has the name of the one it was born on. */
const isStranded = (wanted: ReadonlyMap<string, unknown>, lostNetwork: string | undefined): boolean =>
  lostNetwork !== undefined && !wanted.has(lostNetwork);

/** An engine can't disconnect from what is gone, and won't start the container while it is connected. */
const letGo = (exists: boolean): Difference['mend'] => (exists ? 'in-place' : 'replace');

function attachmentWords(found: Attachment | undefined, aliases: readonly string[]): [string, string] | undefined {
  if (!found) return ['not connected', 'connected'];
  if (!found.exists) return ['connected to one of that name that is gone', 'connected'];
  return found.aliases.join() === aliases.join() ? undefined : [answersTo(found.aliases), answersTo(aliases)];
}

const answersTo = (aliases: readonly string[]): string => `answers to ${aliases.join(', ') || 'no other name'}`;

const beyondRepair = new Set(['dead', 'removing']);

function* statusDifferences({ runs }: InstanceDesire, state: DockerInstanceState): Generator<Difference> {
  if (runs === 'on-schedule') return yield* waitingDifferences(state);
  if (state.status === 'running' || (runs === 'once' && state.status === 'restarting')) return;
  const wanted = runs === 'once' ? 'run to completion' : 'running';
  const isLost = beyondRepair.has(state.status) || (runs === 'once' && state.status === 'exited');
  yield { aspect: 'status', found: statusWords(state), wanted, mend: isLost ? 'replace' : 'in-place' };
}

function* waitingDifferences(state: DockerInstanceState): Generator<Difference> {
  const wanted = 'ready for its schedule';
  if (beyondRepair.has(state.status)) yield replace('status', statusWords(state), wanted);
  else if (state.status === 'paused') yield inPlace('status', statusWords(state), wanted);
}

function statusWords({ status, exitCode, actual }: DockerInstanceState): string {
  const because = actual?.lastError ? `: ${actual.lastError}` : '';
  if (status === 'created') return `never started${because}`;
  return status === 'exited' ? `exited (${exitCode})${because}` : status;
}

const replace = (aspect: string, found: string, wanted: string): Difference => ({
  aspect,
  found,
  wanted,
  mend: 'replace',
});

const inPlace = (aspect: string, found: string, wanted: string): Difference => ({
  aspect,
  found,
  wanted,
  mend: 'in-place',
});
