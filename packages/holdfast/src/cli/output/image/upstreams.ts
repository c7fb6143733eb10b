import { z } from 'zod';

/** What `upstreams --json` writes. */
export const upstreamsOutput = z.object({
  phases: z
    .array(
      z.object({
        phase: z.enum(['baking', 'deploying', 'starting']),
        rows: z
          .array(
            z.object({
              host: z.string(),
              upstream: z.string().optional().describe('The declared upstream whose endpoint it is'),
              sla: z.string().optional().describe('Absent where nobody declared one: 100% is assumed'),
            }),
          )
          .readonly(),
        bound: z.string().describe('The product of the SLAs, exact: what the phase can at best promise'),
        assumed: z.array(z.string()).readonly().describe('Hosts without a figure'),
      }),
    )
    .readonly(),
  unrecorded: z.array(z.string()).readonly().describe('Images of which nobody knows whom their making contacts'),
  fromCache: z
    .array(z.string())
    .readonly()
    .describe('Images of which all had been fetched before: nobody was contacted'),
  unbaked: z.array(z.string()).readonly().describe('Images that were never baked: their hosts are not known yet'),
});

export type UpstreamsOutput = Readonly<z.infer<typeof upstreamsOutput>>;
