import { declareSystem } from '../declare-system.ts';

/** Prints the names of what a system declares, as a verb would its result. */

const model = await declareSystem({ file: process.argv[2] ?? '', environment: { name: 'local' } });
console.log(model.resources.map(({ name }) => name).join(' '));
