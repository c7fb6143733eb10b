export { type BatchOptions, shellReader } from './batch/reader.ts';
export { spawnHere } from './here.ts';
export { shellRunner } from './runner.ts';
