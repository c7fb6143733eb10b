import { expect, test } from 'vitest';
import { settingsOf } from './settings.ts';

test('a configuration tells how a container is started', () => {
  const config = {
    User: '1:2',
    Env: ['PATH=/bin', 'EMPTY=', 'A=b=c'],
    Entrypoint: ['/init'],
    Cmd: ['x'],
    WorkingDir: '/app',
    Labels: { a: 'b' },
    ExposedPorts: { '8080/tcp': {}, '53/udp': {}, '80/tcp': {} },
    StopSignal: 'SIGINT',
  };
  expect(settingsOf(JSON.stringify({ config }))).toEqual({
    user: '1:2',
    env: { PATH: '/bin', EMPTY: '', A: 'b=c' },
    entrypoint: ['/init'],
    command: ['x'],
    workdir: '/app',
    labels: { a: 'b' },
    ports: [80, 8080],
    stopSignal: 'SIGINT',
  });
});

test('what a configuration leaves out, or has as null, is nothing', () => {
  expect(settingsOf('{"config":{"Cmd":null,"Env":null}}')).toEqual({ env: {}, labels: {}, ports: [] });
  expect(settingsOf('{}')).toEqual({ env: {}, labels: {}, ports: [] });
});
