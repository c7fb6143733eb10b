import { z } from 'zod';

/** What everybody may know of a certificate. */
export const certificateOutput = z.object({
  subject: z.string(),
  issuer: z.string(),
  names: z.array(z.string()).readonly().describe('Host names and IP addresses that it is valid for'),
  from: z.string().describe('ISO 8601, UTC'),
  until: z.string().describe('ISO 8601, UTC'),
  daysLeft: z.number().int().describe('Negative where it has ended'),
  fingerprint: z.string().describe('SHA-256 of the certificate, in hexadecimal pairs'),
  trusted: z.number().int().optional().describe('Of an authority: how many are trusted; two while it is rotated'),
});

export type CertificateOutput = Readonly<z.infer<typeof certificateOutput>>;

/** What `secret show --json` writes of an authority or a certificate. Its key is not in it. */
export const secretShowOutput = certificateOutput.extend({ name: z.string() });

export type SecretShowOutput = Readonly<z.infer<typeof secretShowOutput>>;
