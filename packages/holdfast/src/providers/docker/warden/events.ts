import type { Scope } from '../../../model/identity.ts';
import type { MemberEvent } from '../../../ports/warden.ts';
import { attempt } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { clusterLabel } from '../labels.ts';
import { linesOf } from '../lines.ts';
import { membersOf } from './members.ts';

/** The engine's words, and ours. */
const words: Readonly<Record<string, MemberEvent['what']>> = {
  die: 'died',
  stop: 'stopped',
  start: 'started',
  destroy: 'removed',
};

interface EngineEvent {
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
}

export async function* memberEvents(
  { docker }: DockerHost,
  scope: Scope,
  signal: AbortSignal,
  listening: () => void = () => {},
): AsyncGenerator<MemberEvent> {
  try {
    const filters = { type: ['container' as const], event: Object.keys(words), ...membersOf(scope) };
    const stream = await attempt('the events of the engine can not be heard', () =>
      docker.getEvents({ filters, abortSignal: signal }),
    );
    listening();
    for await (const line of linesOf(stream as unknown as AsyncIterable<Uint8Array>)) if (line) yield eventIn(line);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function eventIn(line: string): MemberEvent {
  const { Action, Actor } = JSON.parse(line) as EngineEvent;
  return { what: words[Action] ?? 'died', id: Actor.ID, cluster: Actor.Attributes[clusterLabel] ?? '' };
}
