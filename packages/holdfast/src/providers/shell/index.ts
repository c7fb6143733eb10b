export { type BatchOptions, shellReader } from './batch/reader.ts';
export { shellRunner } from './runner.ts';
