import type { Known } from '../../../../model/resource.ts';
import type { Term } from '../../page/page.ts';
import { type Around, link } from '../around.ts';

/** What there is to say of what is inside of database servers. */
export const insideTerms = {
  database: ({ spec }: Known<'database'>, around: Around): readonly Term[] => [
    ['Cluster', [link(spec.cluster, around)]],
    ['Called inside', [{ code: spec.name }]],
    ['Owned by', ['role ', { code: spec.owner }]],
    ['When it is no longer declared', ['it stays until somebody says --destroy, and for the grace period after that']],
  ],

  role: ({ spec: { cluster, name, memberOf, login } }: Known<'role'>, around: Around): readonly Term[] => [
    ['Cluster', [link(cluster, around)]],
    ['Called inside', [{ code: login ? `${name}_…` : name }, ...(login ? [', another one with each password'] : [])]],
    ['Logs in', [login ? `as ${memberOf[0]}, to which all belongs that it makes` : 'never: it owns things']],
    ...(memberOf.length > 0 ? [['Has the rights of', [memberOf.join(', ')]] as const] : []),
    ...(login?.connections === undefined ? [] : [['Connections', [`at most ${login.connections} at once`]] as const]),
  ],

  extension: ({ spec: { cluster, name, database, version } }: Known<'extension'>, around: Around): readonly Term[] => [
    ['Cluster', [link(cluster, around)]],
    ['Extends', ['database ', { code: database }, ' by ', { code: name }]],
    ['Version', [version ?? 'the one that the server’s image brings along']],
  ],
};
