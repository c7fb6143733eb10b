import crypto from 'node:crypto';
import { type Effect, standIn, takeOver } from './refuse.ts';

const effect = (name: string): Effect => ({
  name: `${name}()`,
  why: 'chance gives each evaluation another value',
  fix: "for a password write secret('name', { generate: 32 }), which is made once and kept; for anything else a constant",
});

const noUuid = '00000000-0000-4000-8000-000000000000';

const fixedValues: Readonly<Record<string, (...args: never[]) => unknown>> = {
  randomBytes: (size: number) => Buffer.alloc(size),
  pseudoRandomBytes: (size: number) => Buffer.alloc(size),
  randomInt: () => 0,
  randomUUID: () => noUuid,
  randomFillSync: (buffer: unknown) => buffer,
  randomFill: (buffer: unknown) => buffer,
  getRandomValues: (buffer: unknown) => buffer,
};

export function poisonRandom(): void {
  takeOver(Math, ['random'], original => standIn(original, effect('Math.random'), () => 0.5));
  for (const [name, fixed] of Object.entries(fixedValues)) {
    takeOver(crypto, [name], original => standIn(original, effect(`crypto.${name}`), fixed));
    if (name in crypto.webcrypto)
      takeOver(crypto.webcrypto, [name], original => standIn(original, effect(`crypto.${name}`), fixed));
  }
  takeOver(crypto, ['generateKeyPair', 'generateKeyPairSync', 'generateKey', 'generateKeySync'], (original, name) =>
    standIn(original, effect(`crypto.${name}`), () => undefined),
  );
}
