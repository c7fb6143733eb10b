/** Ten at once, one killed, one on another machine, one that slept: the environment has one holder at a time. @long */
import { tellAll } from './harness.ts';
import { onDisk } from './support/books.ts';
import { tellOfLeases } from './support/leases.ts';

tellOfLeases(async () => onDisk);

await tellAll();
