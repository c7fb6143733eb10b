import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { widthOf } from '../../kit/layout.ts';
import { type ChangeOutput, type PlanOutput, planOutput } from '../output/plan.ts';
import { planLines } from './plan.ts';
import { coloured, plain } from './screen.ts';

const nothing: PlanOutput = {
  system: 'shop',
  environment: 'local',
  noop: true,
  changes: [],
  declared: {},
  kept: 12,
  retained: [],
  coverage: { ours: 12, all: 12 },
  notOurs: [],
  notes: [],
};

const change = (of: string, action: ChangeOutput['action'], more: Partial<ChangeOutput> = {}): ChangeOutput => ({
  action,
  address: of.replace('service/', 'instance/'),
  of,
  why: [],
  notes: [],
  ...more,
});

const planned = (changes: readonly ChangeOutput[], more: Partial<PlanOutput> = {}): PlanOutput => {
  const plan = { ...nothing, noop: false, changes, ...more };
  expect(planOutput.parse(plan)).toEqual(plan);
  return plan;
};

const text = (plan: PlanOutput, width = 100): string => planLines(plan, plain, width).join('\n');

const image = {
  aspect: 'image',
  found: 'holdfast/shop/local/app:1111',
  wanted: 'holdfast/shop/local/app:2222',
  mend: 'replace',
} as const;
const instances = (count: number, more: Partial<ChangeOutput>): ChangeOutput[] =>
  Array.from({ length: count }, (_, at) =>
    change('service/web', 'replace', { ...more, address: `instance/web.${at + 1}` }),
  );

describe('a plan in words', () => {
  test('says that there is nothing to do', () => {
    expect(text(nothing)).toBe('shop · local\n\nNo changes. 12 objects are as declared.');
  });

  test('tells the instances of a service as one thing, with the reason once', () => {
    const plan = planned(instances(3, { why: [image], order: 'start-first' }), {
      declared: { 'service/web': 3 },
      kept: 2,
    });
    expect(text(plan)).toBe(
      [
        'shop · local',
        '',
        '  ± replace  service/web  3 instances, start-first',
        '        image  app:1111 → app:2222',
        '',
        'Plan: 3 to replace; 2 as declared.',
      ].join('\n'),
    );
  });

  test('names the instances where not all are meant', () => {
    const stopped = { aspect: 'state', found: 'exited (137)', wanted: 'running', mend: 'in-place' } as const;
    const plan = planned([change('service/web', 'change', { address: 'instance/web.2', why: [stopped] })], {
      declared: { 'service/web': 3 },
    });
    expect(text(plan)).toContain('~ change   service/web  1 of 3 instances (web.2)');
    expect(text(plan)).toContain('state  exited (137) → running');
  });

  test('says which data goes, and which stays', () => {
    const plan = planned(
      [change('volume/notes', 'destroy', { notes: ['its data goes with it'], about: 'volume s-notes' })],
      {
        retained: [{ kind: 'volume', engine: 'default', name: 's-old-x1', about: 'volume s-old-x1', called: 'old' }],
      },
    );
    expect(text(plan)).toContain('− destroy  volume/notes  volume s-notes\n      its data goes with it');
    expect(text(plan)).toContain('volume old is no longer declared; its data stays (up --destroy old destroys it)');
    expect(text(plan)).toContain('Plan: 1 to destroy');
  });

  test('names those on our networks first, and gives the figure without what Holdfast keeps elsewhere', () => {
    const stranger = { kind: 'instance', engine: 'default', about: '', onOurNetworks: false };
    const words = text({
      ...nothing,
      coverage: { ours: 12, all: 14 },
      notOurs: [
        { ...stranger, name: 'by-hand', onOurNetworks: true },
        { ...stranger, name: 'old-db' },
        { ...stranger, name: 'shop-staging-web-1-x', of: 'shop/staging' },
      ],
    });
    expect(words).toContain('on our networks and not ours: container by-hand');
    expect(words).toContain(
      '12 of 14 objects on this engine are in code; not ours: container by-hand, container old-db',
    );
    expect(words).not.toContain('staging');
  });

  test('keeps to the width of the terminal', () => {
    const long = 'a rather long value of a variable that says much and means little to anybody '.repeat(3).trim();
    const why = { aspect: 'env GREETING', found: long, wanted: long, mend: 'replace' } as const;
    const plan = planned([change('service/web', 'replace', { why: [why], notes: [long] })], { notes: [long] });
    for (const width of [80, 120])
      expect(Math.max(...planLines(plan, coloured, width).map(widthOf))).toBeLessThanOrEqual(width);
  });

  test('a value of several lines stands on one', () => {
    const why = { aspect: 'env MOTTO', found: 'one\ntwo', wanted: 'one', mend: 'replace' } as const;
    expect(text(planned([change('service/web', 'replace', { why: [why] })]))).toContain('one\\ntwo → one');
  });

  test('colours add nothing to the words', () => {
    const plan = planned(instances(2, { why: [image], notes: ['going back later does not undo it'] }));
    const bare = planLines(plan, coloured, 80).map(stripVTControlCharacters);
    expect(bare).toEqual(planLines(plan, plain, 80));
  });
});

describe('data that is no longer declared', () => {
  const notes = { kind: 'volume', engine: 'default', name: 'shop-local-notes-x', about: 'volume', called: 'notes' };

  test('stays, and says what destroys it; once it was named, until when and how to keep it', () => {
    expect(text(planned([], { retained: [notes] }))).toContain('its data stays (up --destroy notes destroys it)');
    const due = '2026-12-07T16:05:09.120Z';
    const told = text(planned([], { retained: [{ ...notes, due }] }), 200);
    expect(told).toContain(
      'its data stays until 2026-12-07 16:05 UTC (declare it again to keep it; up --destroy notes',
    );
  });

  test('is told once where it is named now', () => {
    const named = change('volume/notes', 'schedule', { notes: ['it is destroyed later'] });
    const told = text(
      planned([named, change('service/web', 'remove')], { retained: [{ ...notes, due: '2026-12-07' }] }),
    );
    expect(told).not.toContain('no longer declared');
    expect(told).toContain('  − schedule  volume/notes\n      it is destroyed later\n  − remove    service/web');
    expect(told).toContain('Plan: 1 to remove, 1 to destroy later');
  });
});
