import { describe, expect, test } from 'vitest';
import { eventOutput, type LiveEvent } from '../output/event.ts';
import { plain } from '../show/screen.ts';
import { after, boardLines, empty } from './board.ts';
import { linesOf, Told } from './lines.ts';

const at = '2026-11-23T12:00:00.000Z';
const start = Date.parse(at);

const fact = (kind: string, payload: Record<string, unknown>): LiveEvent => ({ event: 'fact', at, kind, payload });
const begun = (op: string, address: string): LiveEvent =>
  fact('step.intended', { step: `${op} ${address}`, op, address, engine: 'default' });
const done = (op: string, address: string, note?: string): LiveEvent =>
  fact('step.done', { step: `${op} ${address}`, milliseconds: 1_234, ...(note && { note }) });
const owner = { user: 'ada', host: 'laptop', boot: '', pid: 4711, started: '', doing: 'holdfast up' };

function lines(events: readonly LiveEvent[]): readonly string[] {
  const told = new Told();
  return events.flatMap(event => {
    eventOutput.parse(event);
    told.hear(event);
    return linesOf(event, { paint: plain, width: 80, told });
  });
}

const board = (events: readonly LiveEvent[], width = 80): readonly string[] =>
  boardLines(events.reduce(after, empty), start + 2_100, plain, width);

describe('what is told while a verb works', () => {
  test('a step that is over is one line, in words', () => {
    const steps: [string, string, string?][] = [
      ['ensure', 'instance/web.1'],
      ['gate', 'instance/web.1', 'healthy after 1.2s'],
      ['shift', 'instance/web.1', 'drained'],
      ['finish', 'instance/schema.migration', 'ended well'],
      ['remove', 'network/lan'],
    ];
    expect(lines(steps.flatMap(([op, address, note]) => [begun(op, address), done(op, address, note)]))).toEqual([
      '✓ web.1 made (1.2s)',
      '✓ web.1 healthy after 1.2s',
      '✓ web.1 traffic shifted, drained (1.2s)',
      '✓ schema.migration ended well (1.2s)',
      '✓ network/lan removed (1.2s)',
    ]);
  });

  test('a step that failed says what went wrong', () => {
    const failed = fact('step.failed', {
      step: 'gate instance/web.1',
      milliseconds: 9,
      problem: { what: 'web.1 never became healthy' },
    });
    expect(lines([begun('gate', 'instance/web.1'), failed])).toEqual(['✗ web.1 never became healthy']);
  });

  test('who holds the lease is on one line, for scripts to find', () => {
    expect(lines([{ event: 'waiting', at, owner }])).toEqual(['waiting for ada@laptop (holdfast up, process 4711)']);
  });

  test('Ctrl-C says what a second one does', () => {
    const [, first, second] = lines([
      begun('gate', 'instance/web.1'),
      done('gate', 'instance/web.1'),
      { event: 'stopping', at, by: 'SIGINT', abandon: false },
      { event: 'stopping', at, by: 'SIGINT', abandon: true },
    ]);
    expect(first).toContain('once more leaves it as it is');
    expect(second).toContain('leaving all as it is');
  });

  test('the end says which release it was, and where to go', () => {
    const result: LiveEvent = {
      event: 'result',
      at,
      verb: 'up',
      outcome: 'kept',
      number: 4,
      done: 9,
      milliseconds: 12_400,
      addresses: ['http://shop.localhost:8080'],
    };
    expect(lines([result])).toEqual(['', 'Release r4 is kept. 9 steps in 12.4s', '  http://shop.localhost:8080']);
    expect(lines([{ ...result, outcome: 'rolled-back' }])).toEqual(['', 'Release r4 went back.']);
  });
});

describe('the board of what is under way', () => {
  test('shows each step with its time and the last that was heard of it', () => {
    const answer: LiveEvent = {
      event: 'answer',
      at,
      step: 'gate instance/web.1',
      ok: false,
      answer: '503',
      milliseconds: 2,
    };
    const output: LiveEvent = { event: 'output', at, address: 'image/app', line: 'Step 3/9' };
    const shown = board([begun('gate', 'instance/web.1'), begun('ensure', 'image/app'), answer, output]);
    expect(shown).toHaveLength(2);
    expect(shown[0]).toMatch(/web\.1 +is waited for +2\.1s +503$/);
    expect(shown[1]).toMatch(/image\/app +is being made +2\.1s +Step 3\/9$/);
  });

  test('has nothing left when all is done', () => {
    expect(board([begun('remove', 'network/lan'), done('remove', 'network/lan')])).toEqual([]);
  });

  test('shows no more lines than fit, and says how many there are', () => {
    const shown = board(Array.from({ length: 14 }, (_, nth) => begun('ensure', `thing/t${nth}`)));
    expect(shown).toHaveLength(11);
    expect(shown.at(-1)).toContain('4 more steps');
  });

  test('never runs over the edge of the window', () => {
    const output: LiveEvent = { event: 'output', at, address: 'image/app', line: 'x'.repeat(300) };
    for (const line of board([begun('ensure', 'image/app'), output], 60)) expect(line.length).toBeLessThanOrEqual(60);
  });

  test('shows whom it waits for, until there is something to do', () => {
    const waiting: LiveEvent = { event: 'waiting', at, owner };
    expect(board([waiting])[0]).toContain('waiting for ada@laptop');
    expect(board([waiting, fact('lease.taken', { token: 2 })])).toEqual([]);
  });
});
