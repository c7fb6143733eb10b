export { type BatchOptions, shellReader } from './batch/reader.ts';
export { spawnHere } from './here.ts';
export { hostOverSsh, spawnOverSsh } from './over-ssh.ts';
export { shellRunner } from './runner.ts';
