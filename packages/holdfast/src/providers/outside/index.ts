export type { Ground } from './asks.ts';
export { outsideLooker } from './looker.ts';
