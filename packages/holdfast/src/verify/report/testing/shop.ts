import type { Outcome, Result, Waiver } from '../../outcome.ts';

export const root = '/home/ada/shop';

const passed = (sentence: string, more: Partial<Result> = {}): Result =>
  ({ sentence, status: 'passed', milliseconds: 3, tier: 'proc', ...more }) as Result;

const waiver: Waiver = {
  owner: 'linus@shop.example',
  because: 'the vendor of the payment library writes its cache there; mended in their 4.2',
  until: '2026-12-31',
  expired: false,
};

/** A run in which everything that can become of a sentence became of one. */
export const shop: Outcome = {
  system: 'shop',
  environment: 'staging',
  release: 'r7',
  began: '2026-11-23T21:58:03.120Z',
  milliseconds: 3_412,
  targets: [
    {
      address: 'service/web',
      title: 'The web shop',
      checks: [
        {
          name: 'web',
          at: `${root}/system.ts:31:3`,
          results: [
            passed('process node runs as app', { proved: 'red' }),
            passed('GET /healthz on port 8080 answers 200', {
              tier: 'outside',
              readyAfter: 1_412,
              milliseconds: 1_430,
            }),
            {
              sentence: '/app is read-only for all but root',
              status: 'failed',
              expected: 'is read-only for all but root',
              found: 'others may write to /app/tmp, /app/uploads, /app/node_modules/.cache and 3 more',
              why: 'the image was baked with a step that ends in `chmod -R a+w /app`',
              evidence: ['drwxrwxrwx 2 app app 4096 tmp', 'drwxrwxrwx 2 app app 4096 uploads'],
              milliseconds: 2,
              tier: 'proc',
            },
            {
              sentence: '/app/vendor is read-only for all but root',
              status: 'waived',
              expected: 'is read-only for all but root',
              found: 'others may write to /app/vendor/cache',
              milliseconds: 2,
              tier: 'proc',
              waiver,
            },
            passed(
              'GET /checkout on port 8080 answers 200 with a body that has an order number, a total and the currency',
              {
                tier: 'outside',
                milliseconds: 310,
              },
            ),
          ],
        },
        {
          name: 'declared',
          at: `${root}/system.ts:18:15`,
          results: [
            passed('port 8080 listens', { derived: true }),
            passed('nothing listens that is not declared', { derived: true, proved: 'unproven' }),
          ],
        },
      ],
    },
    {
      address: 'service/db',
      title: 'The database',
      checks: [
        {
          name: 'db',
          at: `${root}/system.ts:36:3`,
          results: [
            {
              sentence: '`SELECT 1` answers 1',
              status: 'unknown',
              expected: 'answers 1',
              found: 'db.1 ended (137) while it was asked',
              evidence: ['FATAL:  the database system is starting up'],
              milliseconds: 812,
              tier: 'session',
              waiver: { ...waiver, owner: 'ada@shop.example', because: 'known', until: '2026-11-22', expired: true },
            },
            {
              sentence: 'the standby lags by less than 1s',
              status: 'skipped',
              why: 'there is no standby in staging',
              milliseconds: 0,
              tier: 'session',
            },
            passed('user postgres exists', { tier: 'layers', waiver }),
          ],
        },
      ],
    },
  ],
};
