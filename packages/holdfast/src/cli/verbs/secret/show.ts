import { exitCode, Problem } from '../../../kit/problem.ts';
import type { Secret } from '../../../kit/secret.ts';
import { type Call, type CommonOptions, printJson, type Verb } from '../../call.ts';
import type { SecretShowOutput } from '../../output/secret/certificate.ts';
import { hasPerson } from '../../outside.ts';
import { type Among, amongSecrets, declaredAs } from '../../secrets/among.ts';
import { certified } from '../../secrets/certified.ts';
import { certificateLines } from '../../show/secret/certificate.ts';

export interface ShowOptions extends CommonOptions {
  readonly reveal?: boolean;
}

/** The value of a secret in clear, for a person who asked for exactly that; else what is public of a certificate. */
export const show: Verb<ShowOptions, [name: string]> = (call, name) => {
  const { options, outside } = call;
  if (options.reveal) refuseUnmeant(call, name);
  return amongSecrets(call, async among => {
    const [value] = await among.secrets.read(name);
    const certificate = options.reveal ? undefined : certified(value?.reveal() ?? '', outside.clock());
    if (certificate) tell({ name, ...certificate }, call);
    else reveal(value, name, among, call);
    return exitCode.kept;
  });
};

function tell(output: SecretShowOutput, call: Call<ShowOptions>): void {
  if (call.options.json) printJson(call, output);
  else call.out.print(certificateLines(output, call.out.palette));
}

function reveal(value: Secret | undefined, name: string, among: Among, call: Call<ShowOptions>): void {
  refuseUnmeant(call, name);
  if (!value) throw notThere(declaredAs(name, among).name, among.secrets.howToGive(name));
  print(value, call);
}

function refuseUnmeant({ options, outside }: Call<ShowOptions>, name: string): void {
  const why = whyNot(options, hasPerson(outside));
  if (why === undefined) return;
  throw new Problem({
    what: 'the value of a secret is shown to nobody who did not ask for it in so many words',
    why,
    fix: `holdfast secret show ${name} --reveal, at a terminal; in a script with --yes`,
    exit: exitCode.wrongUse,
  });
}

function whyNot({ reveal, json, yes }: ShowOptions, isSeen: boolean): string | undefined {
  if (!reveal) return '--reveal was not given';
  if (json) return 'what --json writes is kept in logs';
  return isSeen || yes ? undefined : 'this is no terminal, and what is printed here may be kept';
}

/** For a script, not a letter more than the value. */
const print = (value: Secret, { outside }: Call): void =>
  void outside.stdout.write(outside.stdout.isTTY ? `${value.reveal()}\n` : value.reveal());

const notThere = (name: string, how: string): Problem =>
  new Problem({ what: `secret "${name}" has no value yet`, fix: how, exit: exitCode.failed });
