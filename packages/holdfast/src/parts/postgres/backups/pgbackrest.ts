import { type Size, toBytes } from '../../../kit/size.ts';
import type { Ref, ValueInput } from '../../../model/ref.ts';
import { text } from '../../../model/text.ts';
import { inside } from '../inside.ts';

export interface Repository {
  readonly stanza: string;
  readonly version: number;
  /** The folder of all generations. */
  readonly path: string;
  /** Another one after each rotation of the passphrase: what one generation wrote the next can't read. */
  readonly generation: ValueInput;
  readonly keep: number;
  readonly queue: Size;
}

/** Lines that go into its sections. */
interface More {
  readonly global?: string;
  readonly stanza?: string;
}

/** What pgBackRest is told, but for the passphrase. */
export const configOf = (
  { stanza, version, path, generation, keep, queue }: Repository,
  more: More = {},
): Ref<string> =>
  text`[global]
repo1-path=${path}/${generation}
repo1-cipher-type=aes-256-cbc
repo1-retention-full=${keep}
repo1-bundle=y
compress-type=zst
start-fast=y
process-max=2
archive-push-queue-max=${toBytes(queue)}
log-level-console=warn
log-level-file=off
${more.global ?? ''}
[${stanza}]
pg1-path=${inside.cluster(version)}
pg1-socket-path=${inside.socket}
${more.stanza ?? ''}`;
