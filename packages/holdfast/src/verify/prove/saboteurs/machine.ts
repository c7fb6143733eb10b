import { quote } from '../../../kit/shell-words.ts';
import { toBytes } from '../../../kit/size.ts';
import { isPercent } from '../../../model/assertion/words/given.ts';
import { withExample } from '../deeds/example.ts';
import { idle, line, type Sabotage, start, unproven } from '../sabotage.ts';
import type { Saboteur, SaboteursOf } from '../saboteur.ts';

export const environmentSaboteurs: SaboteursOf<'environment'> = {
  isSet: {
    claimed: ({ name }) => start({ env: { [name]: null } }),
    denied: ({ name }) => start({ env: { [name]: 'sabotage' } }),
  },
  hasValue: {
    claimed: ({ name }, wanted) => start({ env: { [name]: typeof wanted === 'string' ? `${wanted}sabotage` : null } }),
    denied: ({ name }, wanted) => withExample(wanted, text => start({ env: { [name]: text } })),
  },
};

const ofKernel = unproven('the kernel is that of the host: what is changed in it is changed for all');

const neverOfKernel: Saboteur<'kernel-parameter', readonly unknown[]> = {
  claimed: () => ofKernel,
  denied: () => ofKernel,
};

export const kernelParameterSaboteurs: SaboteursOf<'kernel-parameter'> = {
  exists: neverOfKernel,
  hasValue: neverOfKernel,
  isAtLeast: neverOfKernel,
};

/** No engine starts a container with less, in bytes. */
const leastMemory = 6 * 2 ** 20;

const withMemory = (bytes: number): Sabotage =>
  bytes < leastMemory
    ? unproven('no engine starts a container with so little memory')
    : start({ ...idle, limits: { memory: bytes } });

export const memorySaboteurs: SaboteursOf<'memory'> = {
  hasTotal: {
    claimed: (_, amount) => withMemory(Math.floor(toBytes(amount) / 2)),
    denied: (_, amount) => withMemory(Math.max(leastMemory, toBytes(amount))),
  },
  hasAvailable: {
    claimed: (_, amount) =>
      isPercent(amount)
        ? unproven('so much memory would be taken from the host of the copy')
        : withMemory(Math.floor(toBytes(amount) / 2)),
    denied: (_, amount) => (isPercent(amount) ? start(idle) : withMemory(2 * Math.max(leastMemory, toBytes(amount)))),
  },
};

/** By whichever init system there is. */
const told = (name: string, ofSystemd: string, ofOpenrc: string, ofSysv: string): Sabotage =>
  line(
    `if command -v systemctl >/dev/null; then systemctl ${ofSystemd} ${quote(name)}; ` +
      `elif command -v rc-service >/dev/null; then ${ofOpenrc}; else ${ofSysv}; fi`,
  );

const switched = (name: string, to: 'start' | 'stop'): Sabotage =>
  told(name, to, `rc-service ${quote(name)} ${to}`, `{ service ${quote(name)} ${to} || sv ${to} ${quote(name)}; }`);

const otherInit = unproven('a copy under another init system would be a copy of something else');

export const unitSaboteurs: SaboteursOf<'unit'> = {
  exists: {
    claimed: ({ name }) =>
      line(
        `rm -rf ${['/etc/systemd/system', '/usr/lib/systemd/system', '/lib/systemd/system', '/run/systemd/system'].map(folder => quote(`${folder}/${name}.service`)).join(' ')} ${quote(`/etc/init.d/${name}`)} ${quote(`/etc/sv/${name}`)}`,
        '{ ! command -v systemctl >/dev/null || systemctl daemon-reload; }',
      ),
    denied: ({ name }) =>
      line(
        `if command -v systemctl >/dev/null; then printf '[Service]\\nExecStart=/bin/true\\n' > ${quote(`/etc/systemd/system/${name}.service`)}; systemctl daemon-reload; ` +
          `else mkdir -p /etc/init.d; printf '#!/bin/sh\\n' > ${quote(`/etc/init.d/${name}`)}; chmod 755 ${quote(`/etc/init.d/${name}`)}; fi`,
      ),
  },
  isRunning: { claimed: ({ name }) => switched(name, 'stop'), denied: ({ name }) => switched(name, 'start') },
  isEnabled: {
    claimed: ({ name }) => told(name, 'disable', `rc-update del ${quote(name)}`, `update-rc.d ${quote(name)} disable`),
    denied: ({ name }) => told(name, 'enable', `rc-update add ${quote(name)}`, `update-rc.d ${quote(name)} enable`),
  },
  isUnder: { claimed: () => otherInit, denied: () => otherInit },
};
