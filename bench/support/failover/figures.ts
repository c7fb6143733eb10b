import type { Account } from '../../../scenarios/support/ledger/account.ts';

/** The longest write outage that is allowed, in seconds. */
const targets = { kill: 3, switchover: 2, freeze: 30, partition: 30 } as const;

export interface Told {
  readonly case: string;
  readonly system: string;
  readonly trial: number;
}

/** One line of JSON a trial. */
export function reportTrial(told: Told, account: Account): void {
  const { ok, failed, unknown, unknownPresent } = account;
  line({
    ...told,
    outage: seconds(account.outage),
    ofEachWriter: account.outages.map(seconds),
    lost: account.lost.length,
    duplicated: account.duplicated.length,
    acknowledged: ok,
    failed,
    unknown,
    unknownPresent,
  });
}

/** One line of JSON a case: both, median and worst. */
export function reportTotal(name: keyof typeof targets, ours: readonly Account[], plain: readonly Account[]): void {
  const [own, peer] = [ours, plain].map(totalOf);
  line({ case: name, unit: 's', target: targets[name], ours: own, peerName: 'plain Patroni', peer });
}

const totalOf = (accounts: readonly Account[]) => ({
  median: seconds(medianOf(accounts.map(({ outage }) => outage))),
  worst: seconds(Math.max(...accounts.map(({ outage }) => outage))),
  lost: accounts.reduce((sum, { lost }) => sum + lost.length, 0),
  acknowledged: accounts.reduce((sum, { ok }) => sum + ok, 0),
  trials: accounts.length,
});

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const seconds = (value: number): number => Number(value.toFixed(2));

const line = (figure: object): void => {
  process.stdout.write(`${JSON.stringify({ bench: 'failover', ...figure })}\n`);
};
