import { DatabaseSync } from 'node:sqlite';
import type { Provider, Seen } from '../../packages/holdfast/src/ports/index.ts';

interface Row {
  readonly uid: string;
  readonly address: string;
  readonly system: string;
  readonly environment: string;
  readonly name: string;
  readonly spec: string;
}

/**
 * A kind of resource that costs nothing to make, with a world of its own outside of the journal: a row on a shelf in
 * SQLite. It is to Holdfast what `terraform_data` is to Terraform, but for one thing: it is observed, not remembered.
 */
export function shelf(path: string): Provider<unknown, { spec: unknown }> {
  const rows = new Rows(path);
  return {
    kind: 'slot',
    observe: async scope => rows.all(scope).map(seenOf),
    differences: (desired, seen) =>
      JSON.stringify(desired.spec) === JSON.stringify(seen.state.spec)
        ? []
        : [{ aspect: 'content', found: 'other content', wanted: 'as declared', mend: 'in-place' }],
    async ensure(desired) {
      const [system = '', environment = ''] = desired.name.split('-');
      const row = {
        uid: desired.uid,
        address: desired.address,
        system,
        environment,
        name: desired.name,
        spec: JSON.stringify(desired.spec),
      };
      await rows.put(row);
      return seenOf(row);
    },
    remove: seen => rows.take(seen.id),
  };
}

const seenOf = ({ uid, address, name, spec }: Row): Seen<{ spec: unknown }> => ({
  kind: 'slot',
  engine: 'default',
  id: uid,
  name,
  birth: { uid, bornAs: address as `${string}/${string}` },
  state: { spec: JSON.parse(spec) },
  about: 'slot on a shelf',
});

/** Writes of one turn of the event loop are one durable transaction. */
class Rows {
  readonly #database: DatabaseSync;
  #waiting: (() => void)[] = [];
  #commit: Promise<void> | undefined;

  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec('pragma journal_mode = wal; pragma synchronous = full');
    this.#database.exec(
      'create table if not exists slots (uid text primary key, address text, system text, environment text, name text, spec text) without rowid',
    );
  }

  all({ system, environment }: { system: string; environment: string }): Row[] {
    return this.#database
      .prepare('select * from slots where system = ? and environment = ?')
      .all(system, environment) as unknown as Row[];
  }

  put({ uid, address, system, environment, name, spec }: Row): Promise<void> {
    const statement = this.#database.prepare('insert or replace into slots values (?, ?, ?, ?, ?, ?)');
    return this.#soon(() => statement.run(uid, address, system, environment, name, spec));
  }

  take(uid: string): Promise<void> {
    const statement = this.#database.prepare('delete from slots where uid = ?');
    return this.#soon(() => statement.run(uid));
  }

  #soon(work: () => void): Promise<void> {
    this.#waiting.push(work);
    this.#commit ??= new Promise((resolve, reject) => setImmediate(() => this.#flush().then(resolve, reject)));
    return this.#commit;
  }

  async #flush(): Promise<void> {
    const works = this.#waiting;
    this.#waiting = [];
    this.#commit = undefined;
    this.#database.exec('begin immediate');
    for (const work of works) work();
    this.#database.exec('commit');
  }
}
