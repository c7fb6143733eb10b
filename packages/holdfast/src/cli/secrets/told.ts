import type { Payloads } from '../../journal/fact.ts';
import type { Call } from '../call.ts';
import type { Tell } from '../live/reporter.ts';
import { takenOverLine } from '../show/secret/taken-over.ts';

/** Of all that could be told, what nobody may miss, whatever verb it was: secrets are no longer where they were. */
export const tellTakenOver =
  ({ err, options }: Call): Tell =>
  event => {
    if (options.json || event.event !== 'fact' || event.kind !== 'secret.taken-over') return;
    err.print([takenOverLine(event.payload as Payloads['secret.taken-over'], err.palette)]);
  };
