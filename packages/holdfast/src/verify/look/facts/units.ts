import type { UnitFacts } from '../../../model/assertion/facts/machine.ts';
import type { CommandFacts } from '../../../model/assertion/facts/software.ts';
import type { SubjectOf } from '../../../model/spec/subject-spec.ts';
import type { Glance } from './glance.ts';

/** Asks the init system that is there, which it names first, and then whether the unit starts with the machine. */
const script = `
if [ -d /run/systemd/system ]; then
  echo systemd; systemctl show -p LoadState -p ActiveState -p SubState -p UnitFileState -- "$1"
elif command -v rc-service >/dev/null; then
  echo openrc; rc-service -e "$1" || exit 3; rc-service "$1" status 2>&1; echo "code=$?"
  rc-update show 2>/dev/null | grep -q "^ *$1 |" && echo enabled
elif command -v sv >/dev/null && [ -d "/etc/service/$1" ]; then
  echo runit; sv status "$1" 2>&1; echo "code=$?"; [ -e "/etc/service/$1/down" ] || echo enabled
elif [ -x "/etc/init.d/$1" ]; then
  echo sysv; "/etc/init.d/$1" status </dev/null 2>&1; echo "code=$?"
  for s in /etc/rc[2-5].d/S[0-9][0-9]"$1"; do [ -e "$s" ] && echo enabled && break; done
else
  exit 3
fi
:`;

export const unitCommand = ({ name }: SubjectOf<'unit'>): readonly string[] => ['sh', '-c', script, 'sh', name];

export function unitIn({ exitCode, stdout, stderr }: CommandFacts): Glance<UnitFacts> {
  if (exitCode === 3) return { missing: 'no init system knows it' };
  const [init = '', ...lines] = stdout.split('\n');
  if (exitCode !== 0) return { unknown: `the init system does not tell: ${stderr.trim()}` };
  return init === 'systemd' ? inSystemd(lines) : { facts: elsewhere(init as UnitFacts['init'], lines) };
}

function inSystemd(lines: readonly string[]): Glance<UnitFacts> {
  const {
    LoadState,
    ActiveState = 'unknown',
    SubState,
    UnitFileState = '',
  } = Object.fromEntries(lines.map(line => line.split('=', 2))) as Readonly<Record<string, string>>;
  if (LoadState === 'not-found') return { missing: 'systemd knows none of this name' };
  const enabled = /^(enabled|enabled-runtime|static|generated|alias)$/.test(UnitFileState);
  const state = SubState ? `${ActiveState} (${SubState})` : ActiveState;
  return { facts: { init: 'systemd', state, running: ActiveState === 'active', enabled } };
}

function elsewhere(init: UnitFacts['init'], lines: readonly string[]): UnitFacts {
  const code = lines.find(line => line.startsWith('code='));
  const said = lines
    .filter(line => line !== code && line !== 'enabled')
    .join(' ')
    .trim();
  const isUp = init === 'runit' ? said.startsWith('run:') : code === 'code=0';
  return { init, state: said || (isUp ? 'running' : 'stopped'), running: isUp, enabled: lines.includes('enabled') };
}
