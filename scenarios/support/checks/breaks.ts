import { runInContainer } from '../containers.ts';
import type { Hands } from '../drift/hands.ts';

/** One thing that somebody breaks by hand, and what a check then says of it. */
export interface Break {
  readonly sentence: string;
  act(hands: Hands): Promise<unknown>;
  mend(hands: Hands): Promise<unknown>;
  /** The promise that it breaks. */
  readonly promise: string;
  /** In the page of the check, spaces apart: what was expected, and what was found. */
  readonly says: RegExp;
}

const page = 'a visitor reads the page';
const notes = 'notes are kept';

const sh =
  (place: string, line: string) =>
  async (hands: Hands): Promise<unknown> =>
    runInContainer((await hands.container(place)).id, 'sh', '-c', line);

/** Root may not write what is read-only in there. */
const write = (place: string, words: string) =>
  sh(place, `cd /srv; busybox chmod 0644 index.html; echo ${words} > index.html; busybox chmod 0444 index.html`);

const stop =
  (place: string) =>
  async (hands: Hands): Promise<unknown> =>
    (await hands.container(place)).stop({ t: 0 });

const start =
  (place: string) =>
  async (hands: Hands): Promise<unknown> =>
    (await hands.container(place)).start();

/** As `pkill httpd`, which the image does not have. */
const killServer = 'cd /proc; for one in [0-9]*; do [ "$(cat $one/comm)" != httpd ] || kill $one; done';

export const breaks: readonly Break[] = [
  {
    sentence: 'a file that others may write',
    act: sh('web.1', 'busybox chmod 0666 /srv/index.html'),
    mend: sh('web.1', 'busybox chmod 0444 /srv/index.html'),
    promise: page,
    says: /index\.html has mode 0444 expected has mode 0444 found web\.1: mode 0666 at system\.ts:\d+:\d+/,
  },
  {
    sentence: 'a file with other words',
    act: write('web.2', 'go away'),
    mend: write('web.2', 'welcome'),
    promise: page,
    says: /expected contains "welcome" found web\.2: \d+ characters without it/,
  },
  {
    sentence: 'a server that was killed',
    act: sh('web.1', killServer),
    mend: sh('web.1', 'httpd -p 8080 -h /srv'),
    promise: page,
    says: /expected answers 200 found web\.1: connection refused/,
  },
  {
    sentence: 'a user that was removed',
    act: sh('web.1', 'echo root:x:0:0:root:/:/bin/sh > /etc/passwd'),
    mend: sh('web.1', 'echo app:x:1000:1000:app:/:/bin/sh >> /etc/passwd'),
    promise: page,
    says: /expected has uid 1000 found web\.1: there is none/,
  },
  {
    sentence: 'one of two instances that was stopped',
    act: stop('web.2'),
    mend: start('web.2'),
    promise: page,
    says: /expected answers 200 found only 1 of 2 instances of web run/,
  },
  {
    sentence: 'a service that was stopped',
    act: stop('notes.1'),
    mend: start('notes.1'),
    promise: notes,
    says: /expected prints "0" found no instance of notes runs/,
  },
];
