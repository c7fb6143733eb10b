import { journalConformance } from './conformance/journal.ts';
import { onEachStore } from './testing/stores.ts';

onEachStore(({ name, open }) => journalConformance(name, open));
