import { z } from 'zod';

/** Who holds a lease. */
export const ownerOutput = z.object({
  user: z.string(),
  host: z.string(),
  boot: z.string(),
  pid: z.number().int(),
  started: z.string(),
  doing: z.string(),
});
