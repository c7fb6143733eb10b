import { describe, expect, test } from 'vitest';
import { Problem } from '../../kit/problem.ts';
import type { Address } from '../../model/address.ts';
import { chosenChecks } from './chosen.ts';
import type { SaidCheck } from './run-checks.ts';

const said = (name: string, target: Address): SaidCheck => ({ name, spec: { target, assertions: [] }, at: '' });
const all = [said('web', 'service/web'), said('web-2', 'service/web'), said('files', 'image/app')];
const names = (...asked: readonly string[]) => chosenChecks(all, asked).map(({ name }) => name);

function refusal(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error('it was not refused');
}

describe('checks that were asked for', () => {
  test('are all of them where none was named', () => {
    expect(names()).toEqual(['web', 'web-2', 'files']);
  });

  test('are meant by their name, and by what they are of', () => {
    expect(names('web-2')).toEqual(['web-2']);
    expect(names('files')).toEqual(['files']);
    expect(names('app')).toEqual(['files']);
    expect(names('image/app')).toEqual(['files']);
    expect(names('service/web')).toEqual(['web', 'web-2']);
  });

  test('of one service are all that are of it, in the order of the declaration, each once', () => {
    expect(names('web')).toEqual(['web', 'web-2']);
    expect(names('app', 'web-2', 'web')).toEqual(['web', 'web-2', 'files']);
  });

  test('and are not there are a wrong use, even beside one that is', () => {
    const { parts } = refusal(() => names('web', 'wep'));
    expect(parts).toMatchObject({
      what: 'there is no check "wep", and none of a "wep"',
      why: 'there are checks of web, web-2, files, app',
      fix: 'did you mean web?',
      exit: 2,
    });
    expect(refusal(() => names('something-else')).parts).not.toHaveProperty('fix');
  });

  test('where none is declared is told as that', () => {
    expect(chosenChecks([], [])).toEqual([]);
    expect(refusal(() => chosenChecks([], ['web'])).parts.why).toBe('system.ts declares no check');
  });
});
