import ipaddr from 'ipaddr.js';
import * as z from 'zod/mini';
import { isLater, later } from '../declaration/later.ts';
import { common, handleOf } from '../declaration/options.ts';
import { members, rule } from '../declaration/rule.ts';
import type { Reach } from '../reached.ts';
import { isValueInput, type Ref } from '../ref.ts';
import {
  absolutePath,
  command,
  flag,
  isAbsolutePath,
  isHostName,
  memory,
  someText,
  valueInput,
  wholeNumber,
} from '../rules.ts';
import type { FileOptions, TextInput } from '../run.ts';
import { isFixedAddress } from '../value.ts';

const keyed = (is: string, why: string, fix: string, fits: (key: string) => boolean) =>
  rule<string>({ is, why, fix }, key => typeof key === 'string' && fits(key));

const variable = keyed(
  'a name that an environment variable can have',
  'programs read variables by names of letters, digits and underscores',
  'write it as in DATABASE_HOST',
  key => /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(key),
);

const path = keyed(
  'an absolute path',
  'it names a place inside the container',
  "write it as in '/run/secrets/database', with no '.', '..' or slash at the end",
  isAbsolutePath,
);

const isMode = (mode: unknown): boolean =>
  mode === undefined || (typeof mode === 'string' && /^0?[0-7]{3}$/.test(mode));
const isOwner = (owner: unknown): boolean =>
  owner === undefined || (typeof owner === 'string' && /^\d+:\d+$/.test(owner));

export const isFileOptions = (value: unknown): value is FileOptions =>
  typeof value === 'object' && value !== null && !isLater(value) && 'content' in value;

const file = rule<TextInput | FileOptions>(
  {
    is: 'the content of a file',
    why: 'a content is a text, Ref or secret; with { content, mode, owner } the mode is octal text and the owner numbers',
    fix: "write it as in { content: text`…`, mode: '0400', owner: '1000:1000' }",
  },
  value =>
    isValueInput(value) ||
    (isFileOptions(value) && isValueInput(value.content) && isMode(value.mode) && isOwner(value.owner)),
);

const limits = members({
  memory: z.optional(memory),
  cpus: z.optional(
    rule<number>(
      { is: 'a number of processors above 0', fix: 'write it as in 0.5 or 2' },
      value => typeof value === 'number' && value >= 0.01 && value <= 1_024,
    ),
  ),
  processes: z.optional(wholeNumber(1, 4_194_304, 'it is the number of processes and threads that may exist at once')),
});

const capability = rule<string>(
  {
    is: 'a Linux capability',
    why: 'a container has none but those named here',
    fix: "write it as in 'NET_BIND_SERVICE'",
  },
  value => typeof value === 'string' && /^(CAP_)?[A-Z]+(_[A-Z]+)*$/.test(value),
);

const hostName = keyed('a host name', 'names are looked up as they stand', "write it as in 'db-1'", isHostName);

const hostAddress = rule<Ref<string> | string>(
  {
    is: 'an IPv4 address',
    why: 'a name is known by its address alone, and nobody is asked for another name',
    fix: "take one of a fixed network, inner.address(1), or write it as in '192.0.2.10'",
  },
  value =>
    isLater(value)
      ? isFixedAddress(value[later])
      : typeof value === 'string' && ipaddr.IPv4.isValidFourPartDecimal(value),
);

const reach = rule<Reach>(
  {
    is: "'engine' or 'journal'",
    why: 'a container reaches nothing of the machine that it is on but these, and only where it says so',
    fix: "write reaches: ['journal']",
  },
  value => value === 'engine' || value === 'journal',
);

const user = rule<string>(
  { is: 'a user', fix: "write it as in 'app', '1000' or '1000:1000'" },
  value => typeof value === 'string' && /^[\w.-]+(:[\w.-]+)?$/.test(value),
);

/** The members of {@link RunOptions} besides the image. */
export const runMembers = {
  ...common,
  network: z.optional(handleOf('network')),
  networks: z.optional(z.array(handleOf('network'))),
  command: z.optional(command),
  entrypoint: z.optional(command),
  workdir: z.optional(absolutePath),
  user: z.optional(user),
  env: z.optional(z.record(variable, valueInput)),
  files: z.optional(z.record(path, file)),
  mounts: z.optional(z.record(path, handleOf('volume'))),
  limits: z.optional(limits),
  readOnly: z.optional(flag),
  capabilities: z.optional(z.array(capability)),
  hosts: z.optional(z.record(hostName, hostAddress)),
  reaches: z.optional(z.array(reach)),
  cluster: z.optional(someText),
};

export const imageMember = handleOf('image');
