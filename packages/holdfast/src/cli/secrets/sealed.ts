import type { Recorder } from '../../journal/fact.ts';
import type { Clock } from '../../kit/clock.ts';
import { type SealedSecrets, sealedSecrets } from '../../providers/secrets/store.ts';
import type { Place } from '../ground/place.ts';

export interface SecretsParts {
  readonly system: string;
  readonly record: Recorder;
  readonly clock: Clock;
}

/** The secrets of an environment. What lay in clear is taken over when they are opened, and that is a fact. */
export const secretsOf = ({ environment, state }: Place, { system, record, clock }: SecretsParts): SealedSecrets =>
  sealedSecrets({
    environment: environment.name,
    ...state.secrets,
    ...(environment.recipients && { recipients: environment.recipients }),
    clock,
    onTakenOver: (names, from) =>
      record({ kind: 'secret.taken-over', system, environment: environment.name, payload: { names, from } }),
  });
