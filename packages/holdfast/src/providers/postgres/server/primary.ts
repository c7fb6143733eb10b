import { type Overview, overviewQuery } from './overview.ts';
import { Lost } from './psql.ts';

/** Asks a database of one server; gives what it prints. */
export type Ask = (database: string, script: string) => Promise<string>;

const standby = 'standby';

/** A script that a standby does not run: it says that it is one. */
export const unlessStandby = (script: string): string => `
select pg_is_in_recovery() as standby \\gset
\\if :standby
\\echo ${standby}
\\q
\\endif
${script}`;

/** Changes of ours to one database of a server come one after the other. The number is "holdfast" in ASCII. */
const oneByOne = 'select pg_advisory_lock(7525352680829580148);';

/** The server of a cluster that takes changes, as it was when it was last asked. */
export class Primary {
  readonly #ask: Ask;
  #overview: Overview;

  constructor(ask: Ask, overview: Overview) {
    this.#ask = ask;
    this.#overview = overview;
  }

  get overview(): Overview {
    return this.#overview;
  }

  /** Throws {@link Lost} where it is a standby by now. */
  async ask(database: string, script: string): Promise<string> {
    const said = await this.#ask(database, script);
    if (said === standby) throw new Lost({ what: 'the server is a standby by now', retry: true });
    return said;
  }

  /** Runs statements that print nothing, then one question. */
  change(database: string, statements: string, question: string): Promise<string> {
    return this.ask(database, `\\o /dev/null\n${oneByOne}\n${statements}\n\\o\n${question}`);
  }

  /** Changes what is there of databases and roles, and looks at it again. */
  async settle(statements: string): Promise<Overview> {
    this.#overview = JSON.parse(await this.change('postgres', statements, overviewQuery));
    return this.#overview;
  }
}

/** Undefined for a standby. */
export async function openPrimary(ask: Ask): Promise<Primary | undefined> {
  const said = await ask('postgres', overviewQuery);
  return said === standby ? undefined : new Primary(ask, JSON.parse(said));
}
