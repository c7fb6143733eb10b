import { exitCode } from '../../../kit/problem.ts';
import { findIdentity, findOrMakeIdentity, publicKeysOf } from '../../../providers/secrets/identity.ts';
import { printJson, type Verb } from '../../call.ts';
import type { SecretIdentityOutput } from '../../output/secret/identity.ts';

/** Who one is to those who encrypt. Made where there is none; needs no project. */
export const identity: Verb = async call => {
  const { env } = call.outside;
  const made = (await findIdentity(env)) === undefined;
  const me = await findOrMakeIdentity(env);
  const output: SecretIdentityOutput = { publicKeys: await publicKeysOf(me), from: me.from, made };
  if (call.options.json) printJson(call, output);
  else {
    call.out.print(output.publicKeys);
    if (made) call.err.print([`Made in ${me.from}. Keep a copy: what is encrypted to it alone is lost with it.`]);
  }
  return exitCode.kept;
};
