export { type ProcfsOptions, procfsLooker } from './looker.ts';
