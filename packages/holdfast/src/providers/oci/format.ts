import { z } from 'zod';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { Digest } from '../../ports/baked-image.ts';

/** OCI image-spec 1.1, media types. */
export const mediaTypes = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
} as const;

const digest = z.custom<Digest>(
  value => typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value),
  'no sha256 digest',
);

export const descriptor = z.looseObject({
  mediaType: z.string(),
  digest,
  size: z.int().nonnegative(),
  annotations: z.record(z.string(), z.string()).optional(),
});

export type Descriptor = z.infer<typeof descriptor>;

export const manifestForm = z.looseObject({ config: descriptor, layers: z.array(descriptor) });

export const configForm = z.looseObject({
  architecture: z.string(),
  os: z.string(),
  history: z
    .array(z.looseObject({ created_by: z.string().optional(), empty_layer: z.boolean().optional() }))
    .optional(),
});

/** As the distribution-spec has it. Throws a Problem for another. */
export function checkedTag(tag: string): string {
  if (/^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/.test(tag)) return tag;
  throw new Problem({
    what: `'${tag}' is no tag`,
    why: 'a tag has letters, digits, dots, dashes and underlines, 128 at most, and begins with none of . and -',
    exit: exitCode.wrongUse,
  });
}

export const hexOf = (digest: Digest): string => digest.slice('sha256:'.length);
