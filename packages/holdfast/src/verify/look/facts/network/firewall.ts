import type { FirewallFacts } from '../../../../model/assertion/facts/network.ts';
import type { CommandFacts } from '../../../../model/assertion/facts/software.ts';
import type { SubjectOf } from '../../../../model/spec/subject-spec.ts';
import type { Glance } from '../glance.ts';

const script = `
if command -v iptables-save >/dev/null; then iptables-save -t "$1"
elif command -v nft >/dev/null; then nft list chain inet "$1" "$2" 2>/dev/null || nft list chain ip "$1" "$2"
else exit 127
fi`;

export const firewallCommand = ({ table, chain }: SubjectOf<'firewall'>): readonly string[] => [
  'sh',
  '-c',
  script,
  'sh',
  table,
  chain,
];

export function firewallIn(
  { exitCode, stdout, stderr }: CommandFacts,
  { chain }: SubjectOf<'firewall'>,
): Glance<FirewallFacts> {
  if (exitCode === 127) return { unknown: 'it has neither iptables-save nor nft to look with' };
  const lines = stdout.split('\n').map(line => line.trim());
  if (lines.some(line => line.startsWith('chain '))) return { facts: inNft(lines) };
  if (exitCode !== 0) return { unknown: `its firewall does not tell: ${stderr.trim() || `exit code ${exitCode}`}` };
  return inIptables(lines, chain);
}

function inIptables(lines: readonly string[], chain: string): Glance<FirewallFacts> {
  const head = lines.find(line => line.startsWith(`:${chain} `));
  if (head === undefined) return { missing: 'the table has no such chain' };
  const [, policy = '-'] = head.split(' ');
  const rules = lines.filter(line => line.startsWith(`-A ${chain} `));
  return { facts: { ...(policy !== '-' && { policy: policy.toLowerCase() }), rules } };
}

function inNft(lines: readonly string[]): FirewallFacts {
  const [, policy] = /\bpolicy (\w+);/.exec(lines.join('\n')) ?? [];
  const rules = lines.filter(line => line !== '' && !/^(table|chain|type|\}|#)/.test(line));
  return { ...(policy !== undefined && { policy }), rules };
}
