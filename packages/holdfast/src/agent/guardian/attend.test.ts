import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SmallWorld, type Turn } from '../testing/small-world.ts';
import { type Attendance, attend, type Memory } from './attend.ts';
import { whoLeads } from './led.ts';

const names = ['db-1', 'db-2', 'db-3'];

const whats = ['kill', 'end', 'start', 'vote', 'let-come-back', 'expire', 'remove', 'make', 'move'] as const;

const happenings = fc.record({
  what: fc.constantFrom(...whats),
  member: fc.constantFrom(...names),
});

interface Happening {
  readonly what: (typeof whats)[number];
  readonly member: string;
}

function happen(world: SmallWorld, { what, member }: Happening): void {
  world.now += 700;
  if (what === 'kill') world.kill(member);
  if (what === 'end') world.kill(member, true);
  if (what === 'start' && !world.thing(member).heldBy) world.start(member);
  if (what === 'vote') world.vote();
  if (what === 'let-come-back') world.thing(member).comesBack = true;
  if (what === 'expire') world.lock = undefined;
  if (what === 'remove') world.remove(member);
  if (what === 'make') world.make(member, 'alive');
  if (what === 'move') world.make(member, 'elsewhere');
}

const memory = (): Memory => ({ starts: new Map(), onPurpose: new Set() });

/** Time goes on while somebody waits, and members that live choose a leader. */
const handsOf = (world: SmallWorld, guardian: string, turn: Turn) => ({
  warden: world.warden(guardian, turn),
  leadership: world.leadership(guardian, turn),
  clock: () => world.now,
  isReleasing: async () => false,
  wait: async (time: number) => {
    await turn(() => {
      world.now += time;
      world.vote();
    });
  },
});

const partsOf = (world: SmallWorld, guardian: string, turn: Turn, signal = new AbortController().signal) => ({
  cluster: 'db',
  hands: handsOf(world, guardian, turn),
  signal,
  onSteps: () => {},
});

const atOnce: Turn = async effect => effect();

/** Ends what would never end. */
const atMost = (effects: number): Turn => {
  let left = effects;
  return async effect => {
    left -= 1;
    if (left < 0) throw new Error('it never comes to an end');
    return effect();
  };
};

/** At once, and again when dead members may be started; each time after it was asked who leads. */
async function attendTwice(world: SmallWorld, guardian: string, turn: Turn): Promise<void> {
  const parts = partsOf(world, guardian, turn);
  const led = await whoLeads('db', parts.hands, await parts.hands.warden.look());
  const first = await attend(parts, { ...memory(), led }, new Set());
  await turn(() => {
    world.now += 4_000;
  });
  const again = (await whoLeads('db', parts.hands, first.members)) ?? led;
  await attend(parts, { ...first.memory, led: again }, new Set());
}

/** Again and again, as the guard does, with time between. */
async function settle(world: SmallWorld, guardian: string): Promise<void> {
  let known = memory();
  for (let round = 0; round < 20; round++) {
    known = (await attend(partsOf(world, guardian, atMost(500)), known, new Set())).memory;
    world.now += 20_000;
    world.vote();
  }
}

const isWell = (world: SmallWorld) => ({
  lives: [...world.members.values()].map(({ life, heldBy }) => ({ life, heldBy })),
  leads: world.leader && world.thing(world.leader.member).life,
  lock: world.lock,
});

const well = { lives: names.map(() => ({ life: 'alive', heldBy: undefined })), leads: 'alive', lock: undefined };

describe('a guardian', () => {
  test('takes the lead from a dead primary, and brings it back', async () => {
    const world = new SmallWorld(names);
    world.kill('db-1');
    const parts = partsOf(world, 'a', atMost(100));
    const first = await attend(parts, memory(), new Set(['id-db-1']));
    const stepsOf = ({ steps }: Attendance) => steps.map(({ step }) => step);
    expect(stepsOf(first)).toEqual([
      'claim',
      'depose',
      'take-address',
      'claim',
      'claim',
      'give-address-back',
      'release',
    ]);
    expect(first).toMatchObject({ leader: 'db-2', areWaiting: true });
    world.now += 2_000;
    expect(stepsOf(await attend(parts, first.memory, new Set()))).toEqual(['claim', 'ask', 'start', 'release']);
    expect(isWell(world)).toEqual(well);
  });

  const ledBy = async (world: SmallWorld) => {
    const { hands } = partsOf(world, 'a', atOnce);
    return { ...memory(), led: await whoLeads('db', hands, await hands.warden.look()) };
  };

  test('takes the lead from a primary that was removed, and makes no other in its place', async () => {
    const world = new SmallWorld(names);
    const known = await ledBy(world);
    world.remove('db-1');
    const { steps, leader } = await attend(partsOf(world, 'a', atMost(100)), known, new Set());
    const taken = ['claim', 'depose', 'take-address', 'claim', 'claim', 'give-address-back', 'release'];
    expect(steps.map(({ step }) => step)).toEqual(taken);
    expect({ leader, heldBy: world.thing('db-1').heldBy, lock: world.lock }).toEqual({ leader: 'db-2' });
  });

  test('leaves the lead to a member of the same name that leads elsewhere', async () => {
    const world = new SmallWorld(names);
    const known = await ledBy(world);
    world.remove('db-1');
    world.make('db-1', 'elsewhere');
    world.kill('db-3');
    const { steps } = await attend(partsOf(world, 'a', atMost(100)), known, new Set());
    expect(steps.map(({ step }) => step)).not.toContain('depose');
    expect(world.wrongs).toEqual([]);
  });

  test('takes no lead from a member that was removed and that it has not seen lead', async () => {
    const world = new SmallWorld(names);
    world.remove('db-1');
    const { steps } = await attend(partsOf(world, 'a', atMost(100)), memory(), new Set(['id-db-1']));
    expect(steps.map(({ step }) => step)).toEqual(['claim', 'release']);
  });

  test('takes no lead from a member that was started after it was read', async () => {
    const world = new SmallWorld(names);
    world.kill('db-1');
    const leadership = world.leadership('a', atOnce);
    const { leader } = await leadership.claim();
    world.start('db-1');
    expect(leader && (await leadership.depose(leader))).toBe(false);
    expect(world.leader?.member).toBe('db-1');
  });

  test('whatever happens, killed at any step, never takes the lead from a member that lives; and all is well in the end', async () => {
    const lives = fc.record({ a: fc.nat({ max: 40 }), b: fc.nat({ max: 40 }) });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(happenings, { maxLength: 12 }), lives, async (scheduler, all, left) => {
        const world = new SmallWorld(names);
        const turnOf =
          (guardian: 'a' | 'b'): Turn =>
          async effect => {
            await scheduler.schedule(Promise.resolve());
            left[guardian] -= 1;
            if (left[guardian] < 0) throw new Error('killed');
            return effect();
          };
        const guardians = (['a', 'b'] as const).map(guardian =>
          attendTwice(world, guardian, turnOf(guardian)).catch(() => world.forget(guardian)),
        );
        const rest = all.map(one => scheduler.schedule(Promise.resolve()).then(() => happen(world, one)));
        await scheduler.waitFor(Promise.all([...guardians, ...rest]));
        expect(world.wrongs).toEqual([]);
        for (const name of names) world.bringHome(name);
        await settle(world, 'c');
        expect(isWell(world)).toEqual(well);
      }),
      { numRuns: 500 },
    );
  });
});
