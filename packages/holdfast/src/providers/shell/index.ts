export { shellRunner } from './runner.ts';
