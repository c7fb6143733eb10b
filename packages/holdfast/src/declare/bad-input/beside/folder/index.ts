export { backend } from '../backend.ts';
