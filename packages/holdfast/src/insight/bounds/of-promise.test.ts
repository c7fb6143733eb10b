import { describe, expect, test } from 'vitest';
import { spellPercentage } from '../../kit/percentage.ts';
import { check } from '../../model/check.ts';
import { declaredFor } from '../../model/declaration/slot.ts';
import { image } from '../../model/image.ts';
import { network } from '../../model/network.ts';
import { probe } from '../../model/probe.ts';
import { outage } from '../../model/promise/fault.ts';
import { type PromiseOptions, promise } from '../../model/promise.ts';
import { service } from '../../model/service.ts';
import { system } from '../../model/system.ts';
import type { SystemModel } from '../../model/system-model.ts';
import { team } from '../../model/team.ts';
import { upstream } from '../../model/upstream.ts';
import { promiseBounds, unsignedExcesses } from './of-promise.ts';

const now = Date.parse('2026-11-28T12:00:00Z');

/** A shop whose one promise is given two upstreams of 99.9% and 99.5%. */
const shop = (
  more: (handles: { readonly mail: ReturnType<typeof upstream> }) => Partial<PromiseOptions>,
): SystemModel =>
  declaredFor({ name: 'local', engines: ['default'] }, () =>
    system('shop', () => {
      const crew = team('crew', { people: ['ada@shop.example'] });
      const [stripe, mail] = [upstream('stripe', { sla: '99.9%' }), upstream('mail', { sla: '99.5%' })];
      const lan = network('lan');
      const web = service('web', {
        image: image('app', { archive: './app.tar' }),
        network: lan,
        ports: { http: 8080 },
      });
      const answers = check(web, it => void it.http('http', '/healthz').answers(200));
      promise('a shopper can check out', {
        by: crew,
        given: [stripe, mail],
        measured: answers,
        ...more({ mail }),
      });
    }),
  );

const boundOf = (model: SystemModel): string => {
  const [only] = promiseBounds(model);
  return only ? spellPercentage(only.bound.availability, 6) : '';
};

describe('the bound of a promise', () => {
  test('is the product of what it is given; what has no figure is assumed, and said to be', () => {
    const model = shop(() => ({ objective: '99% over 30d' }));
    expect(boundOf(model)).toBe('99.4005%');
    expect(promiseBounds(model)[0]?.bound.assumed).toEqual(
      expect.arrayContaining(['instance/web.1', 'host/default', 'image/app', 'network/lan', 'team/crew']),
    );
    expect(unsignedExcesses(model, now)).toEqual([]);
  });

  test('leaves out an upstream whose outage is survived', () => {
    expect(boundOf(shop(({ mail }) => ({ objective: '99% over 30d', survives: [outage(mail)] })))).toBe('99.9%');
  });

  test('below what is promised is refused: by how much, what caps it, what lifts it', () => {
    const [wrong, ...more] = unsignedExcesses(
      shop(() => ({ objective: '99.9% over 30d' })),
      now,
    );
    expect(more).toEqual([]);
    expect(wrong?.parts.what).toContain('promises 99.9%');
    expect(wrong?.parts.what).toContain('99.4005%');
    expect(wrong?.parts.why).toContain('0.4995 percentage points');
    expect(wrong?.parts.why).toContain('upstream/mail caps it');
    expect(wrong?.parts.fix).toContain('better upstream/mail first');
    expect(wrong?.parts.fix).toContain('let crew sign the risk');
    expect(wrong?.parts.where).toMatch(/of-promise\.test\.ts:\d+/);
  });

  test('may be passed while somebody has signed for it, and no day longer', () => {
    const signed = (until: string) =>
      shop(() => ({
        objective: '99.9% over 30d',
        acceptedBy: 'ada@shop.example',
        because: 'mail is being replaced',
        until,
      }));
    expect(unsignedExcesses(signed('2026-11-28'), now)).toEqual([]);
    expect(unsignedExcesses(signed('2026-11-27'), now)).toHaveLength(1);
  });

  test('takes only the way of the URL that is measured', () => {
    const literal = shop(() => ({ objective: '99% over 30d', measured: probe.https('https://shop.example/') }));
    expect(promiseBounds(literal)[0]?.bound.assumed).toEqual(['team/crew']);
  });
});
