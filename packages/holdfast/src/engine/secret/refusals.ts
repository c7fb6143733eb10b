import { exitCode, Problem } from '../../kit/problem.ts';
import type { Known } from '../../model/resource.ts';
import type { SystemModel } from '../../model/system-model.ts';

export const noAuthority = (name: string, by: string): Problem =>
  new Problem({
    what: `secret "${name}" can't be made: authority "${by}" has no value that signs`,
    why: 'a certificate is signed with the key of its authority, an elliptic one, which stands before its certificate in PEM',
    fix: `\`holdfast up\` makes an authority that has none yet; \`holdfast secret rotate ${by}\` makes another one`,
    exit: exitCode.wrongUse,
  });

export const noCredential = (name: string): Problem =>
  new Problem({
    what: `what is given for secret "${name}" is no certificate with its key`,
    why: 'it is PEM: the private key, its certificate, and behind that one what belongs to it',
    fix: `give it one, \`holdfast secret set ${name} < FILE\`, or have it made, \`holdfast secret rotate ${name}\``,
    exit: exitCode.wrongUse,
  });

/** What a person has to give before anything is done. */
export const noValues = (
  missing: readonly Known<'secret'>[],
  { environment }: SystemModel,
  howToGive: (name: string) => string,
): Problem =>
  new Problem({
    what: `no value for ${missing.map(({ name }) => `secret "${name}"`).join(', ')}`,
    ...(missing[0]?.at && { where: missing[0].at }),
    why: `environment "${environment}" does not have it yet, and it is not one that Holdfast generates`,
    fix: missing.map(({ name }) => `for "${name}", ${howToGive(name)}`).join('; '),
    exit: exitCode.wrongUse,
  });

export const unknownValue = (what: string): Problem =>
  new Problem({ what: `the value of ${what} is not known`, exit: exitCode.failed });
