import { wrapped } from '../../../kit/layout.ts';
import type { SecretRekeyOutput } from '../../output/secret/rekey.ts';
import type { Palette } from '../screen.ts';

/** Who came, who went, and what those who went still know. Pure. */
export function secretRekeyLines(rekeyed: SecretRekeyOutput, paint: Palette, width: number): readonly string[] {
  const { added, removed } = rekeyed;
  if (added.length + removed.length === 0) return ['The recipients are those that they were. Nothing was changed.'];
  return [
    ...added.map(name => `${paint.green('+')} ${name} can read the secrets`),
    ...removed.map(name => `${paint.red('−')} ${name} can read no later version of them`),
    ...(removed.length > 0 ? stillKnown(rekeyed, paint, width) : []),
  ];
}

/** Whoever could read a value may have kept it, and an older commit still opens. */
function stillKnown({ removed, known, environment }: SecretRekeyOutput, paint: Palette, width: number) {
  const names = (generated: boolean) => known.filter(one => one.generated === generated).map(({ name }) => name);
  const [made, given] = [names(true), names(false)];
  return [
    '',
    ...wrapped(
      '',
      paint.yellow(
        `${removed.join(', ')} still knows ${known.map(({ name }) => name).join(', ') || 'no secret'}: older commits open with the old key.`,
      ),
      width,
    ),
    ...(made.length > 0 ? [`  holdfast secret rotate ${made.join(' ')} --env ${environment}`] : []),
    ...given.map(name => `  holdfast secret set ${name} --env ${environment}   (renewed where it comes from)`),
  ];
}
