import { describe, expect, test } from 'vitest';
import { parsePercentage, spellPercentage } from '../../kit/percentage.ts';
import { boundOf } from './bound.ts';
import type { Graph } from './graph.ts';
import { aboveBound, excessOf } from './objective.ts';
import { all, any, element, type Structure } from './structure.ts';

const share = parsePercentage;
const stripe = element('upstream/stripe', share('99.9%'));
const instances = ['instance/web.1', 'instance/web.2'];
const web = any(instances.map(id => element(id, share('99.9%'))));
const together = { id: 'common-cause/web', beta: share('10%'), members: instances };

const told = (objective: string, structure: Structure, commonCauses: Graph['commonCauses'] = []) =>
  aboveBound('a shopper can check out', share(objective), boundOf({ structure, commonCauses }));

describe('an objective', () => {
  test('at its bound or below can be kept', () => {
    expect(told('99.9%', stripe)).toBeUndefined();
    expect(told('99.5%', stripe)).toBeUndefined();
    expect(told('100%', all([]))).toBeUndefined();
  });

  test('above its bound is told by how much, exactly', () => {
    const excess = excessOf(share('99.95%'), boundOf({ structure: all([stripe, web]), commonCauses: [] }));
    expect(excess && spellPercentage(excess)).toBe('0.0500999%');
  });

  test('above its bound is told with what caps it and what would lift it most', () => {
    expect(told('99.95%', all([stripe, web]))).toEqual({
      what: '"a shopper can check out" promises 99.95%; what it rests on allows 99.8999% at most',
      why: 'that is 0.0501 percentage points too much; upstream/stripe caps it: it is there 99.9% of the time',
      fix: 'promise 99.8999% or less, or better upstream/stripe first: 99.9999% if it never failed, 99.9998% with one more like it, or survive its outage, and say so in `survives`',
      exit: 1,
    });
  });

  test('that independent replicas would keep is told what they share', () => {
    expect(told('99.999%', web, [together])).toEqual({
      what: '"a shopper can check out" promises 99.999%; what it rests on allows 99.9899% at most',
      why: 'that is 0.0091 percentage points too much; what the replicas of web have in common caps it: it is there 99.99% of the time; replicas that failed independently would give 99.9999%, but they share an image and a release',
      fix: 'promise 99.9899% or less, or better what the replicas of web have in common first: 99.9999% if it never failed',
      exit: 1,
    });
  });

  test('that nothing alone caps is told what takes most', () => {
    expect(told('99.99995%', web)?.why).toBe(
      'that is 0.00005 percentage points too much; no single element caps it; instance/web.1 takes most of it (99.9%)',
    );
  });

  test('a hair above is never told as equal', () => {
    const bound = element('upstream/a', share('99.98999999999%'));
    expect(told('99.99%', bound)?.what).toContain('promises 99.99%; what it rests on allows 99.9899% at most');
  });
});
