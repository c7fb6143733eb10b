import { describe, expect, test } from 'vitest';
import { Problems } from '../../kit/problem.ts';
import { type ConfigOptions, configOf, defaultConfig } from './config.ts';
import { engine } from './engine-place.ts';
import { environment, targetOf } from './environment.ts';
import type { Recipients } from './recipients.ts';

const config = (options: ConfigOptions) => configOf(options, config);

describe('environments', () => {
  test('with nothing said: this machine alone', () => {
    expect(defaultConfig().environments).toEqual([
      {
        name: 'local',
        engines: { default: { type: 'docker' } },
        subnets: '10.231.0.0/16',
        ports: 8_080,
        listen: '127.0.0.1',
        sealed: false,
        protected: false,
        grace: '7d',
      },
    ]);
  });

  test('that share an engine get subnets and ports of their own, around those that were given', () => {
    const { environments } = config({
      environments: {
        local: environment(),
        staging: environment({ subnets: '10.231.0.0/16', ports: 8_100 }),
        preview: environment(),
      },
    });
    expect(environments.map(({ subnets, ports }) => [subnets, ports])).toEqual([
      ['10.232.0.0/16', 8_280],
      ['10.231.0.0/16', 8_100],
      ['10.233.0.0/16', 8_380],
    ]);
  });

  test('on engines of their own may have the same pool and ports', () => {
    const at = (socket: string) =>
      environment({ engine: engine.local({ socket }), subnets: '10.20.0.0/16', ports: 80, journal: './shared.db' });
    const { environments } = config({
      environments: { one: at('tcp://10.0.0.1:2375'), other: at('tcp://10.0.0.2:2375') },
    });
    expect(environments.map(({ ports }) => ports)).toEqual([80, 80]);
  });

  test('on one engine, however it is written, may not', () => {
    const at = (socket: string) => environment({ engine: engine.local({ socket }), ports: 80 });
    const both = { one: at('/run/docker.sock'), other: at('unix:///run/docker.sock') };
    expect(() => config({ environments: both })).toThrow(Problems);
  });

  test.each([
    ['tcp://127.0.0.1:2375', true],
    ['unix:///run/docker.sock', true],
    ['tcp://engine.example:2375', false],
  ])('at %s need no shared journal: %s', (socket, fine) => {
    const made = () => config({ environments: { one: environment({ engine: engine.local({ socket }) }) } });
    if (fine) expect(made).not.toThrow();
    else expect(made).toThrow(Problems);
  });

  describe('have recipients', () => {
    const ada = `age1${'q'.repeat(58)}`;
    const told = (recipients: unknown) => {
      try {
        return config({ environments: { staging: environment({ recipients: recipients as Recipients }) } });
      } catch (error) {
        return (error as Problems).problems.map(({ message }) => message);
      }
    };

    test('by name, each with a public key', () => {
      expect(told({ 'ada@shop.example': ada })).toMatchObject({
        environments: [{ recipients: { 'ada@shop.example': ada } }],
      });
    });

    test.each([
      [{}, 'recipients is an object, which is not an object with a recipient in it'],
      [{ ada: 'AGE-SECRET-KEY-1QQ' }, 'recipients.ada is a private key, which is not a public key of age'],
      [{ ada, linus: ada }, 'which is not an object that has each key once'],
      [{ ' ': ada }, 'recipients has the key " ", which is not somebody'],
      [[ada], 'which is not an object of the form'],
    ])('and %j is told', (given, words) => {
      expect(told(given)).toEqual([expect.stringContaining(words)]);
    });
  });

  test.each([
    ['7d', true],
    ['0s', true],
    ['soon', false],
    ['-1d', false],
  ])('may keep what was named to be destroyed for %s: %s', (grace, fine) => {
    const made = () => config({ environments: { one: environment({ grace: grace as '7d' }) } });
    if (fine) expect(made().environments).toMatchObject([{ grace }]);
    else expect(made).toThrow(Problems);
  });

  test.each([
    ['ops@10.0.0.4', true],
    ['shop-one', true],
    ['-oProxyCommand=id', false],
    ['ops@10.0.0.4 -p 22', false],
    ['$(id)', false],
  ])('may say that ssh reaches a machine as %s: %s', (ssh, fine) => {
    const made = () => config({ environments: { one: environment({ engine: engine.local({ ssh }) }) } });
    if (fine) expect(made().environments).toMatchObject([{ engines: { default: { ssh } } }]);
    else expect(made).toThrow(Problems);
  });

  test('tell a declaration what it may know', () => {
    const { environments } = config({
      environments: {
        local: environment({ engines: { default: engine.local(), gpu: engine.local({ availability: '99.95%' }) } }),
        live: environment({ domain: 'shop.example' }),
      },
    });
    expect(environments.map(one => targetOf(one, environments))).toEqual([
      {
        name: 'local',
        subnets: '10.231.0.0/16',
        engines: ['default', 'gpu'],
        hosts: { gpu: '99.95%' },
        environments: ['local', 'live'],
      },
      {
        name: 'live',
        domain: 'shop.example',
        subnets: '10.232.0.0/16',
        engines: ['default'],
        environments: ['local', 'live'],
      },
    ]);
  });
});
