export { hostReader, type ProcfsOptions, procfsReader } from './reader.ts';
