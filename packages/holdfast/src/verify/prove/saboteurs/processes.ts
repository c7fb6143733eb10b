import { withExample } from '../deeds/example.ts';
import { fake } from '../deeds/programs.ts';
import { idle, line, start, unproven } from '../sabotage.ts';
import type { SaboteursOf } from '../saboteur.ts';

const isRoot = (user: string): boolean => user === 'root' || user === '0';

export const processSaboteurs: SaboteursOf<'process'> = {
  runs: { claimed: () => start(idle), denied: ({ name }) => line(fake(name)) },
  runsAs: {
    claimed: (_, user) => start({ user: isRoot(user) ? '64997:64997' : '0:0' }),
    denied: (_, user) => start({ user }),
  },
  runsTimes: {
    claimed: () => start(idle),
    denied: ({ name }, times) =>
      times > 100
        ? unproven('so many processes would weigh on the host of the copy')
        : { start: idle, ...line(...Array.from({ length: times }, () => fake(name))) },
  },
  isStartedWith: {
    claimed: ({ name }) => line(fake(name)),
    denied: ({ name }, wanted) => withExample(wanted, text => ({ start: idle, ...line(fake(name, text)) })),
  },
  usesLessMemoryThan: {
    claimed: () => unproven('so much memory would be taken from the host of the copy'),
    denied: ({ name }) => ({ start: idle, ...line(fake(name)) }),
  },
};

export const processesSaboteurs: SaboteursOf<'processes'> = {
  runOnlyAs: {
    claimed: (_, users) => (users.some(isRoot) ? start({ user: '64997:64997' }) : line(fake('sabotage'))),
    denied: (_, [user = '']) => start({ ...idle, user }),
  },
};

/** Wherever jobs are written down. */
const crontabs = '/etc/crontab /etc/cron.d /etc/crontabs /var/spool/cron';

const job = (user: string, schedule: string, command: string): string =>
  `mkdir -p /etc/cron.d && printf '%s\\n' '${`${schedule} ${user} ${command}`.replaceAll("'", `'\\''`)}' > /etc/cron.d/sabotage`;

export const cronSaboteurs: SaboteursOf<'cron'> = {
  runs: {
    claimed: () => line(`rm -rf ${crontabs}`),
    denied: ({ user }, wanted, schedule = '@daily') =>
      withExample(wanted, command => line(job(user, schedule, command))),
  },
  isEmpty: {
    claimed: ({ user }) => line(job(user, '@daily', 'sabotage')),
    denied: () => line(`rm -rf ${crontabs}`),
  },
};

export const logSaboteurs: SaboteursOf<'log'> = {
  hasLine: {
    claimed: () => start(idle),
    denied: (_, wanted) =>
      withExample(wanted, text => line(`printf '%s\\n' '${text.replaceAll("'", `'\\''`)}' > /proc/1/fd/1`)),
  },
};
