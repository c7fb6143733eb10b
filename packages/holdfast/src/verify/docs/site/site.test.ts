import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check } from '../../../model/check.ts';
import { declaredFor } from '../../../model/declaration/slot.ts';
import { image } from '../../../model/image.ts';
import { network } from '../../../model/network.ts';
import { loss } from '../../../model/promise/fault.ts';
import { promise } from '../../../model/promise.ts';
import { service } from '../../../model/service.ts';
import type { ServiceHandle } from '../../../model/service-handle.ts';
import { system } from '../../../model/system.ts';
import { team } from '../../../model/team.ts';
import { upstream } from '../../../model/upstream.ts';
import { docsOf } from '../docs.ts';
import { knownOf } from '../testing/shop.ts';

const executablePath = '/usr/bin/chromium';
const why = existsSync(executablePath) ? '' : ` (left out: there is no ${executablePath}; apt-get install chromium)`;

/** Forty services with names as long as they may be, and promises in each state. */
const model = declaredFor({ name: 'local' }, () =>
  system('shop', () => {
    const by = team('crew', { people: ['ada@shop.example'], onCall: 'weekly' });
    const on = { image: image('web', { archive: './web.tar' }), network: network('lan'), ports: { http: 8080 } };
    const made: ServiceHandle<'http'>[] = [];
    for (let at = 0; at < 40; at += 1) {
      const needs = [made[Math.floor(at / 2)], made[at - 3]].filter(one => one !== undefined);
      made.push(service(at % 7 === 0 ? `a-rather-long-name-of-${at}` : `s${at}`, { ...on, replicas: 2, needs }));
    }
    const [first, second] = made as [ServiceHandle<'http'>, ServiceHandle<'http'>];
    const well = check(first, it => void it.http('http', '/').answers(200));
    const ill = check(second, it => void it.http('http', '/<script>').answers(200));
    promise('it <b>answers</b> & "stays"', { by, checks: [well] });
    promise('it is broken', { by, checks: [ill], given: [upstream('stripe', { sla: '99.9%' })] });
    promise('it survives', { by, checks: [well], survives: [loss(first)] });
  }),
);

describe.skipIf(why !== '')(`the site in Chromium${why}`, () => {
  let folder: string;
  let browser: Browser;
  const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hf-site-'));
    for (const { path, text } of docsOf(knownOf(model, { failing: ['s1'] })).site) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  const ways = ['index', 'promise/it-is-broken', 'service/s1', 'network/lan'].flatMap(path => [
    { path, colorScheme: 'light', width: 1280 } as const,
    { path, colorScheme: 'dark', width: 360 } as const,
  ]);

  async function opened(path: string, options: Parameters<Browser['newContext']>[0]): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(pathToFileURL(join(folder, `${path}.html`)).href);
    return page;
  }

  test.each(ways)(
    '$path by $colorScheme, $width wide: axe finds nothing, and nothing runs over the edge',
    async way => {
      const page = await opened(way.path, {
        colorScheme: way.colorScheme,
        viewport: { width: way.width, height: 800 },
      });
      await page.evaluate(await readFile(source, 'utf8'));
      const { violations, passes } = (await page.evaluate('axe.run()')) as AxeResults;
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      expect(passes.map(({ id }) => id)).toEqual(
        expect.arrayContaining(['color-contrast', 'heading-order', 'html-has-lang']),
      );
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await page.context().close();
    },
  );

  test('no name of a map is wider than its box, and none reaches another', async () => {
    const page = await opened('index', { viewport: { width: 1280, height: 800 } });
    const wide = await page.evaluate(`[...document.querySelectorAll('.map .node')].filter(node => {
      const box = node.querySelector('rect').getBBox();
      return [...node.querySelectorAll('text')].some(text => {
        const { x, y, width, height } = text.getBBox();
        return x < box.x || x + width > box.x + box.width || y < box.y || y + height > box.y + box.height;
      });
    }).map(node => node.textContent)`);
    expect(wide).toEqual([]);
    expect(await page.evaluate(`document.querySelectorAll('.map .node').length`)).toBeGreaterThan(40);
    await page.context().close();
  });

  test('all can be reached by keys, without a script, and the first key skips to what the page says', async () => {
    const page = await opened('service/s1', { javaScriptEnabled: true });
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to what it says');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    expect(await page.evaluate('document.scripts.length')).toBe(0);
    await page.context().close();
  });
});
