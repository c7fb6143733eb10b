export { type ProcfsOptions, procfsReader } from './reader.ts';
