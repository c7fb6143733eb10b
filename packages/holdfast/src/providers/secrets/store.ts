import { type Clock, iso, systemClock } from '../../kit/clock.ts';
import { Secret } from '../../kit/secret.ts';
import type { Recipients } from '../../model/environment/recipients.ts';
import type { SecretStore } from '../../ports/secrets.ts';
import { entryOf, type SecretsDocument, settled, withValue } from './document.ts';
import { documentFile } from './document-file.ts';
import { type Merged, merged, type Side } from './merge.ts';
import { type ChangedRecipients, changedRecipients } from './recipients.ts';
import { bothChanged, nobodyDeclared } from './refusals.ts';
import { takeOver } from './take-over.ts';

export interface SealedSecretsOptions {
  readonly environment: string;
  /** Its place in the repository, where it is a team's: `secrets/production.age`. */
  readonly shared: string;
  /** Its place in the project's own state, where it is one person's. */
  readonly own: string;
  /** The folder where an earlier version kept them in clear. */
  readonly clear: string;
  readonly recipients?: Recipients;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whence paths are told. Default: the working directory. */
  readonly from?: string;
  readonly clock?: Clock;
  /** Told of secrets that were in clear, or one person's, and are now in the sealed file. */
  readonly onTakenOver?: (names: readonly string[], from: string) => Promise<void>;
}

export interface SealedSecrets extends SecretStore {
  readonly path: string;
  /** Undefined where there is no file yet. */
  document(): Promise<SecretsDocument | undefined>;
  /** The value that the file has, whatever variables say. */
  inFile(name: string): Promise<Secret | undefined>;
  /** Encrypts to those who are declared now. Throws a Problem where nobody is. */
  rekey(): Promise<ChangedRecipients>;
  /** Puts together what two branches made of the file. Throws a Problem where both changed the same, and none is preferred. */
  merge(sides: SealedSides, prefer?: Side): Promise<Merged>;
}

/** The file as git keeps it during a merge; without a base where both branches made it. */
export interface SealedSides {
  readonly base: string | undefined;
  readonly ours: string;
  readonly theirs: string;
}

/**
 * Secrets in one file of age, encrypted to everybody who may read them; a variable of the environment comes before the
 * file. A value that is empty is none.
 */
export function sealedSecrets(options: SealedSecretsOptions): SealedSecrets {
  const { env = process.env, from = process.cwd(), clock = systemClock, recipients, environment } = options;
  const places = { shared: options.shared, own: options.own, env, from, ...(recipients && { recipients }) };
  const file = documentFile(places);
  const now = () => iso(clock());
  const { clear, onTakenOver = async () => {} } = options;
  let ready: Promise<void> | undefined;

  /** What lies elsewhere is taken over first, once a command. */
  const opened = async (): Promise<typeof file> => {
    ready ??= takeOver({ file, places, clear, onTakenOver, now });
    await ready;
    return file;
  };
  const document = async () => (await opened()).read();

  return {
    path: file.path,
    document,

    async inFile(name) {
      const found = await document();
      const entry = found && entryOf(found, name);
      return entry && new Secret(entry.text);
    },

    async read(name) {
      const found = await document();
      const entry = found && entryOf(found, name);
      const values = [env[variableOf(name)], entry?.text, ...(entry?.earlier ?? [])];
      return [...new Set(values)].flatMap(value => (value ? [new Secret(value)] : []));
    },

    async write(name, value) {
      await (await opened()).change(had => withValue(had, name, value.reveal(), now()));
    },

    async settle(names) {
      const found = await document();
      if (found && settled(found, names) !== found) await file.change(had => settled(had, names));
    },

    howToGive: name => `run \`holdfast secret set ${name} --env ${environment}\`, or set ${variableOf(name)}`,

    standIn: name => (env[variableOf(name)] ? variableOf(name) : undefined),

    key: async () => ((await document()) ?? (await file.change(made => made))).key,

    async rekey() {
      if (!recipients) throw nobodyDeclared(environment);
      const before = (await document())?.recipients ?? recipients;
      await file.change(had => ({ ...had, recipients }));
      return changedRecipients(before, recipients);
    },

    async merge({ base, ours, theirs }, prefer) {
      const sides = {
        base: base === undefined ? undefined : await file.opened(base),
        ours: await file.opened(ours),
        theirs: await file.opened(theirs),
      };
      const found = merged(sides, prefer);
      if (found.conflicts.length > 0) throw bothChanged(found.conflicts, file.path);
      await file.replace(found.document);
      return found;
    },
  } satisfies SealedSecrets;
}

/** `HOLDFAST_SECRET_STRIPE_KEY` of `stripe-key`. */
export const variableOf = (name: string): string => `HOLDFAST_SECRET_${name.toUpperCase().replaceAll('-', '_')}`;
