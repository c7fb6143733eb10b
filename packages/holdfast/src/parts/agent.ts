import { agentInside } from '../model/agent-inside.ts';
import { slot } from '../model/declaration/slot.ts';
import { image } from '../model/image.ts';
import { network } from '../model/network.ts';
import { probe } from '../model/probe.ts';
import { debian } from '../model/recipe/debian.ts';
import { holdfast } from '../model/recipe/holdfast.ts';
import { nodejs } from '../model/recipe/steps.ts';
import { service } from '../model/service.ts';
import { volume } from '../model/volume.ts';

/**
 * Declares the agent of an engine, where nothing has declared it yet: what must stay up beside it. A part that rests on
 * schedules, backups or failover calls it. Who has the engine is root on its machine, and so is the agent.
 */
export function agentOf(engine = 'default'): void {
  const { open } = slot();
  const name = engine === 'default' ? 'agent' : `agent-${engine}`;
  if (!open || open.places.has(`service/${name}`)) return;
  const common = { engine };
  service(name, {
    ...common,
    image: image(name, {
      ...common,
      base: debian('bookworm', { packages: ['ca-certificates'] }),
      steps: [nodejs('24'), holdfast()],
      command: ['holdfast', 'agent'],
    }),
    network: network(name, common),
    reaches: ['engine', 'journal'],
    env: {
      HOLDFAST_SYSTEM: open.system,
      HOLDFAST_ENVIRONMENT: open.target.name,
      HOLDFAST_ENGINE: engine,
      XDG_STATE_HOME: agentInside.state,
    },
    mounts: { [agentInside.state]: volume(name, { ...common, writers: 'many' }) },
    readOnly: true,
    limits: { memory: '256MB' },
    health: probe.command(['sh', '-c', isFresh]),
  });
}

const isFresh = `test $(($(date +%s) - $(stat -c %Y ${agentInside.sign}))) -le ${agentInside.freshness}`;
