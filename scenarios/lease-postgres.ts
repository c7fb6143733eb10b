/** What lease tells, with the journals in one PostgreSQL. @long */
import { shared, tellAll } from './harness.ts';
import { inDatabase } from './support/books.ts';
import { tellOfLeases } from './support/leases.ts';
import { ownCluster } from './support/writers.ts';

tellOfLeases(shared(async telling => inDatabase(await ownCluster(telling))));

await tellAll();
