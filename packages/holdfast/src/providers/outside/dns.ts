import { Resolver } from 'node:dns/promises';
import type { DnsFacts } from '../../model/assertion/facts/network.ts';
import type { Looked } from '../../model/assertion/matcher.ts';
import type { RecordType, SubjectOf } from '../../model/spec/subject-spec.ts';
import { wordsOf } from './words.ts';

/** How long one name server may take, in milliseconds. */
const patience = 2_000;

/** What the DNS says of a name. That it says there is nothing is known; that nobody says anything is not. */
export async function askDns(
  { name, record, server }: SubjectOf<'dns'>,
  signal: AbortSignal,
): Promise<Looked<DnsFacts>> {
  const resolver = new Resolver({ timeout: patience, tries: 2 });
  const stop = (): void => resolver.cancel();
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (server !== undefined) resolver.setServers([server]);
    const values = await readers[record](resolver, name);
    return values.length > 0 ? { facts: { values: values.toSorted() } } : { missing: `it has no ${record} record` };
  } catch (error) {
    return unresolved(error as NodeJS.ErrnoException, record);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function unresolved(error: NodeJS.ErrnoException, record: RecordType): Looked<DnsFacts> {
  if (error.code === 'ENOTFOUND') return { missing: 'there is no such name' };
  if (error.code === 'ENODATA') return { missing: `it has no ${record} record` };
  if (error.code === 'ECANCELLED' || error.code === 'ETIMEOUT') return { unknown: 'the name server does not answer' };
  if (error.code === 'ESERVFAIL' || error.code === 'EREFUSED') return { unknown: 'the name server does not tell' };
  return { unknown: wordsOf(error) };
}

type Read = (resolver: Resolver, name: string) => Promise<readonly string[]>;

/** As zone files have them. */
const readers: Readonly<Record<RecordType, Read>> = {
  A: (resolver, name) => resolver.resolve4(name),
  AAAA: (resolver, name) => resolver.resolve6(name),
  CNAME: (resolver, name) => resolver.resolveCname(name),
  NS: (resolver, name) => resolver.resolveNs(name),
  PTR: (resolver, name) => resolver.resolvePtr(name),
  MX: async (resolver, name) =>
    (await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${exchange}`),
  SRV: async (resolver, name) =>
    (await resolver.resolveSrv(name)).map(one => `${one.priority} ${one.weight} ${one.port} ${one.name}`),
  TXT: async (resolver, name) => (await resolver.resolveTxt(name)).map(parts => parts.join('')),
  CAA: async (resolver, name) =>
    (await resolver.resolveCaa(name)).map(({ critical, ...told }) => {
      const [tag = '', value = ''] = Object.entries(told).find(([key]) => key !== 'type') ?? [];
      return `${critical} ${tag} "${value}"`;
    }),
};
