import { describe, expect, test } from 'vitest';
import { type Address, kindOf } from '../../model/address.ts';
import { check } from '../../model/check.ts';
import { declaredFor } from '../../model/declaration/slot.ts';
import { image } from '../../model/image.ts';
import { network } from '../../model/network.ts';
import { probe } from '../../model/probe.ts';
import { loss } from '../../model/promise/fault.ts';
import { promise } from '../../model/promise.ts';
import { refTo } from '../../model/ref.ts';
import { addressOf, type Resource } from '../../model/resource.ts';
import { routes } from '../../model/routes.ts';
import { secret } from '../../model/secret.ts';
import { service } from '../../model/service.ts';
import { system } from '../../model/system.ts';
import type { SystemModel } from '../../model/system-model.ts';
import { team } from '../../model/team.ts';
import { resource } from '../../model/thing.ts';
import { upstream } from '../../model/upstream.ts';
import { volume } from '../../model/volume.ts';
import { docsOf } from './docs.ts';
import type { DocFile, DocsKnowledge } from './knowledge.ts';
import { staleIn } from './stamp/compare.ts';
import { readStamp } from './stamp/stamp.ts';
import { day, knownOf, start } from './testing/shop.ts';

const shop = (more: () => void = () => {}): SystemModel =>
  declaredFor({ name: 'local' }, () =>
    system('shop', () => {
      const crew = team('crew', { people: ['ada@shop.example'], onCall: 'weekly' });
      const stripe = upstream('stripe', { sla: '99.9%', endpoint: 'https://api.stripe.example' });
      const on = { image: image('web', { archive: './web.tar' }), network: network('lan') };
      const web = service('web', {
        ...on,
        replicas: 2,
        ports: { http: 8080 },
        files: { '/key': secret('key') },
        mounts: { '/data': volume('data', { writers: 'many' }) },
      });
      const door = service('door', { ...on, ports: { http: 80 } });
      routes('door', { edge: door, routes: { 'shop.example': web.port('http') } });
      resource('bucket', 'pictures');
      const answers = check(web, it => void it.http('http', '/').answers(200));
      const order = promise('a shopper can order', {
        by: crew,
        given: [stripe],
        measured: probe.https(refTo('service/door', 'url', '/')),
        objective: '99.5% over 30d',
        checks: [answers],
        rehearsed: 'weekly',
      });
      promise('it survives a loss', { by: crew, given: [order], survives: [loss(web)] });
      more();
    }),
  );

const textOf = (files: readonly DocFile[], path: string): string =>
  files.find(file => file.path === path)?.text ?? expect.fail(`there is no ${path}`);

const there = (files: readonly DocFile[]): ReadonlyMap<string, string> =>
  new Map(files.map(({ path, text }) => [path, text]));

const known = knownOf(shop());
const made = docsOf(known);

describe('the documentation', () => {
  test('has a page for the system, for each resource and for each promise', () => {
    const addresses = known.model.resources.map(addressOf);
    const pages = (ending: string, files: readonly DocFile[]): readonly string[] =>
      files.map(({ path }) => path).filter(path => path.endsWith(ending));
    expect(pages('.md', made.markdown)).toEqual(['README.md', ...addresses.map(of => `${of}.md`)]);
    expect(pages('.html', made.site)).toEqual(['index.html', ...addresses.map(of => `${of}.html`)]);
  });

  test('leads from each link to a file that is there', () => {
    for (const files of [made.markdown, made.site]) {
      const paths = new Set(files.map(({ path }) => path));
      for (const { path, text } of files) {
        const links = [...text.matchAll(/(?:href="|\]\()([^#")]+)[")]/g)].map(([, to = '']) => to);
        const local = links.filter(to => !/^(https?|mailto):/.test(to));
        expect(local.length + Number(path.endsWith('.css') || path.endsWith('.svg')), path).toBeGreaterThan(0);
        for (const to of local) expect(paths, `${path} leads to ${to}`).toContain(resolved(path, to));
      }
    }
  });

  test('is the same each time, and tells no time but that of facts', () => {
    expect(docsOf(structuredClone(known))).toEqual(made);
    const later = docsOf({ ...known, now: known.now + 60_000 });
    expect(later).toEqual(made);
  });

  test('says what was found, of when, and on what', () => {
    const page = textOf(made.markdown, 'promise/a-shopper-can-order.md');
    expect(page).toContain('**✓ kept** All 2 parts of it were shown on what runs.');
    expect(page).toContain('5757 of 5760 were good');
    expect(page).toContain('2026-11-01T10:00:00Z, fact 1 by ada\\@laptop');
    expect(page).toContain('upstream [stripe](../upstream/stripe.md), which is there 99.9% of the time');
  });

  test('says of one thing that is broken by hand what the check found, and that the promise is broken', () => {
    const { markdown } = docsOf(knownOf(shop(), { failing: ['web'] }));
    const page = textOf(markdown, 'promise/a-shopper-can-order.md');
    expect(page).toContain('**✗ broken** Check [web](../check/web.md): 1 of 1 failed');
    expect(page).toContain('503 Service Unavailable');
    expect(textOf(markdown, 'README.md')).toContain('2 promises: 1 is broken and 1 is unproven');
  });

  test('says until when evidence counted once it is too old', () => {
    const { markdown } = docsOf(knownOf(shop(), { now: start + 9 * day }));
    expect(textOf(markdown, 'promise/a-shopper-can-order.md')).toContain(
      '**↻ stale** What is measured: what showed it counted until 2026-11-08T10:00:00Z, and 1 more.',
    );
  });

  test('says of each sentence what the newest run found', () => {
    const { markdown } = docsOf(knownOf(shop(), { failing: ['web'] }));
    expect(textOf(markdown, 'service/web.md')).toContain(
      '| **✗ failed**: 503 Service Unavailable | 2026-11-01T10:00:00Z |',
    );
  });

  describe('of what is waived', () => {
    const model = { ...known.model, resources: known.model.resources.map(waived) };
    const pages = docsOf(knownOf(model, { failing: ['web'] })).markdown;

    test('never says that it passed: it says what was found, who answers for it, why, and until when', () => {
      const found = '503 Service Unavailable; [crew](../team/crew.md) answers for it until 2026-12-31: old base';
      for (const path of ['service/web.md', 'check/web.md', 'promise/a-shopper-can-order.md']) {
        expect(textOf(pages, path)).toContain(`| **~ waived**: ${found} | 2026-11-01T10:00:00Z |`);
        expect(textOf(pages, path)).not.toContain('✓ passed');
      }
    });

    test('tells it beside each promise that rests on it, and among the debts', () => {
      const told =
        'all of check [web](../check/web.md) is waived by [crew](../team/crew.md) until 2026-12-31: old base';
      expect(textOf(pages, 'promise/a-shopper-can-order.md')).toContain(`**Waived:** ${told}`);
      expect(textOf(pages, 'promise/it-survives-a-loss.md')).toContain(`**Waived:** ${told}`);
      const first = textOf(pages, 'README.md');
      expect(first).toContain(
        'all 2 parts of it were shown on what runs, save what is waived: check [web](check/web.md)',
      );
      expect(first).toContain('is waived by [crew](team/crew.md) until 2026-12-31: old base');
    });

    test('says once the last day is over that nobody answers for it any more', () => {
      const over = docsOf(knownOf(model, { failing: ['web'], now: Date.parse('2027-01-01T00:00:00Z') })).markdown;
      expect(textOf(over, 'README.md')).toContain('until 2026-12-31, which is over: old base');
      expect(textOf(over, 'promise/a-shopper-can-order.md')).toContain('which crew answered for until 2026-12-31');
    });
  });

  test('says what follows from the declaration, and what the newest run of that found', () => {
    const sentence = 'port 8080 listens';
    const before = textOf(made.markdown, 'service/web.md');
    expect(before).toContain('## What follows from its declaration');
    expect(before).toContain(`| ${sentence} | never looked at |  |`);
    const ran = { sentences: 9, milliseconds: 3, on: {} };
    const fact = (at: string, failed: readonly string[]) =>
      ({
        ...envelope,
        at,
        payload: { of: 'service/web', passed: failed.length === 0, failed, ...ran },
      }) as const;
    const facts = [fact('2026-11-01T11:00:00Z', []), fact('2026-11-01T12:00:00Z', [`${sentence}: it is not`])];
    const after = textOf(docsOf({ ...known, facts: [...known.facts, ...facts] }).markdown, 'service/web.md');
    expect(after).toContain(`| ${sentence} | **✗ failed**: it is not | 2026-11-01T12:00:00Z |`);
    expect(after).toContain('**✓ passed** | 2026-11-01T12:00:00Z |');
    const left = { skipped: [{ sentence, why: 'no instance runs' }], unknown: [] };
    const unseen = { ...fact('2026-11-01T13:00:00Z', []), payload: { ...fact('', []).payload, ...left } };
    const last = textOf(docsOf({ ...known, facts: [unseen] }).markdown, 'service/web.md');
    expect(last).toContain(`| ${sentence} | **− skipped**, not looked at: no instance runs | 2026-11-01T13:00:00Z |`);
  });

  test('says of what only a drill could show that there are none yet', () => {
    const page = textOf(made.markdown, 'promise/it-survives-a-loss.md');
    expect(page).toContain('nothing shows it yet, since there are no drills yet');
    expect(page).not.toMatch(/holdfast (drill|rehearse)/);
  });

  test('names no verb that there is not', () => {
    const { markdown } = docsOf({ ...known, verbs: new Set(['status', 'check']) });
    const all = markdown.map(({ text }) => text).join('\n');
    const verbs = [...all.matchAll(/^holdfast ([a-z]+) /gm)].map(([, verb]) => verb);
    expect(new Set(verbs)).toEqual(new Set(['status', 'check']));
  });
});

const waived = (one: Resource): Resource =>
  one.kind === 'check'
    ? {
        ...one,
        spec: { ...(one.spec as object), waivers: [{ owner: 'team/crew', because: 'old base', until: '2026-12-31' }] },
      }
    : one;

const envelope = {
  format: 1,
  seq: 9,
  id: '9',
  actor: 'ada@laptop',
  system: 'shop',
  environment: 'local',
  kind: 'declaration.checked',
} as const;

const resolved = (from: string, to: string): string => new URL(to, `file:///${from}`).pathname.slice(1);

/** The same system, with one value of one resource another one. */
const changed = (model: SystemModel, at: number): SystemModel => ({
  ...model,
  resources: model.resources.map((one, index) => (index === at ? ({ ...one, spec: other(one) } as Resource) : one)),
});

function other({ kind, spec }: Resource): unknown {
  const changes: Readonly<Record<string, object>> = {
    team: { onCall: 'daily' },
    upstream: { sla: '99.5%' },
    service: { replicas: 7 },
    volume: { writers: 'one' },
    network: { internal: true },
    secret: { generate: 99 },
    image: { source: { from: 'archive', path: 'other.tar' } },
    routes: { drain: 77_000 },
    promise: { rehearsed: 'yearly' },
    check: { assertions: [] },
  };
  return { ...(spec as object), ...(changes[kind] ?? { more: true }) };
}

/** Without the stamp, and the line before it. */
const said = (text: string): string =>
  text.replace(/\n[^\n]* holdfast:docs .*$/s, '').replace(/holdfast: model sha256:\w+/, '');

describe('a stale page', () => {
  test('is none that says the same, whatever was found since', () => {
    expect(staleIn(there(made.markdown), made.markdown)).toEqual([]);
    const since = docsOf(knownOf(shop(), { failing: ['web'], now: start + 400 * day }));
    expect(staleIn(there(made.markdown), since.markdown)).toEqual([]);
    expect(staleIn(there(made.site), since.site)).toEqual([]);
  });

  test('is each that would say something else by the model', () => {
    const bare = (model: SystemModel): DocsKnowledge => ({
      ...knownOf(model),
      facts: [],
      bounds: known.bounds,
      ...(known.asOf && { asOf: known.asOf }),
    });
    const before = docsOf(bare(known.model)).markdown;
    for (const [at, { kind, name }] of known.model.resources.entries()) {
      const after = docsOf(bare(changed(known.model, at))).markdown;
      const stale = staleIn(there(before), after).map(({ path }) => path);
      const differing = after.filter(({ path, text }) => said(text) !== said(textOf(before, path)));
      expect(stale).toEqual(expect.arrayContaining([`${kind}/${name}.md`, ...differing.map(({ path }) => path)]));
      expect(stale.length).toBeLessThan(before.length);
    }
  });

  test('is told with what changed', () => {
    const at = known.model.resources.findIndex(({ kind, name }) => kind === 'service' && name === 'web');
    const after = docsOf(knownOf(changed(known.model, at))).markdown;
    const why = new Map(staleIn(there(made.markdown), after).map(one => [one.path, one.why]));
    expect(why.get('service/web.md')).toEqual(['replicas: 2 → 7']);
    expect(why.get('README.md')).toEqual(['its beginning, "Services" would read differently']);
    expect(why.has('team/crew.md')).toBe(false);
  });

  test('is told where a resource came in or went', () => {
    const more = docsOf(knownOf(shop(() => void volume('archive')))).markdown;
    const came = new Map(staleIn(there(made.markdown), more).map(one => [one.path, one.why]));
    expect(came.get('volume/archive.md')).toEqual(['it is not there']);
    expect(came.get('README.md')).toEqual(['volume/archive came in']);
    const went = new Map(staleIn(there(more), made.markdown).map(one => [one.path, one.why]));
    expect(went.get('volume/archive.md')).toEqual(['what it is about is no longer declared']);
    expect(went.get('README.md')).toEqual(['volume/archive is no longer part of it']);
  });

  test('is one that somebody wrote in, that is of another system, or that Holdfast did not make', () => {
    const edited = new Map(there(made.markdown))
      .set('service/web.md', textOf(made.markdown, 'service/web.md').replace('it stays up', 'it sleeps'))
      .set('README.md', '# by hand\n');
    const other = docsOf(knownOf({ ...known.model, environment: 'staging' })).markdown;
    expect(staleIn(edited, made.markdown)).toEqual([
      { path: 'README.md', why: ['it was not made by `holdfast docs`'] },
      { path: 'service/web.md', why: ['somebody wrote in it by hand'] },
    ]);
    expect(staleIn(there(other), made.markdown)[0]).toEqual({ path: 'README.md', why: ['it is of shop in staging'] });
  });
});

test('a stamp is read back, whatever is in it', () => {
  for (const { path, text } of [...made.markdown, ...made.site]) {
    const { stamp, isUntouched } = readStamp(text) ?? expect.fail(path);
    expect({ path, system: stamp.system, isUntouched }).toEqual({ path, system: 'shop', isUntouched: true });
    expect(stamp.rests.names.every(name => kindOf(name as Address) !== '')).toBe(true);
  }
  for (const text of ['', '# by hand', 'a holdfast:docs {} -->', '<!-- holdfast:docs {"format":2} -->'])
    expect(readStamp(text)).toBeUndefined();
});
