import { refuse, takeOver } from './refuse.ts';

/** What would end or leave the process before it has answered. */
export function poisonProcess(): void {
  takeOver(
    process,
    ['exit', 'abort', 'kill', 'chdir'],
    (_, name) =>
      function refused(): never {
        return refuse(
          {
            name: `process.${name}()`,
            why: 'the process is not the file’s own: it evaluates the system and answers with it',
            fix: 'to refuse to go on, throw new Error(…) that says why',
          },
          refused,
        );
      },
  );
}
