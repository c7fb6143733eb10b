import { expect, test } from 'vitest';
import { type Answer, outcomeOf, reasonOf } from './outcome.ts';

const answered = (more: Partial<Answer>): Answer => ({ committing: true, warnings: [], ...more });
const error = (severity?: string) => ({ severity, message: 'it is said why' });

test.each<[string, Partial<Answer>, string]>([
  ['COMMIT is answered by COMMIT', { command: 'COMMIT' }, 'ok'],
  ['COMMIT is answered by ROLLBACK', { command: 'ROLLBACK' }, 'failed'],
  ['the insert is refused', { committing: false, error: error('ERROR') }, 'failed'],
  ['the connection breaks before COMMIT is sent', { committing: false, error: error() }, 'failed'],
  ['COMMIT is refused', { error: error('ERROR') }, 'failed'],
  ['the server ends while it commits', { error: error('FATAL') }, 'unknown'],
  ['the connection breaks after COMMIT was sent', { error: error() }, 'unknown'],
  ['it was not waited for the standby', { command: 'COMMIT', warnings: ['01000'] }, 'failed'],
  ['another warning', { command: 'COMMIT', warnings: ['01007'] }, 'ok'],
])('%s', (_, answer, outcome) => {
  expect(outcomeOf(answered(answer))).toBe(outcome);
  expect(reasonOf(answered(answer)) === undefined).toBe(outcome === 'ok');
});
