import type { Secret } from '../../kit/secret.ts';

/** From this length on a value is looked for. */
const shortest = 4;

/** A text without what is confidential in these. */
export const scrubbed = (text: string, secrets: readonly Secret[]): string =>
  secrets
    .flatMap(secret => confidentialIn(secret.reveal()))
    .filter(({ length }) => length >= shortest)
    .reduce((clean, value) => clean.replaceAll(value, '[secret]'), text);

const privateKey = /(?<=-----BEGIN [A-Z ]*PRIVATE KEY-----\s)[^-]+(?=-----END)/g;

/** All of it, and each line of a private key in it: who logs one by the line logs it too. */
const confidentialIn = (text: string): readonly string[] => [
  text,
  ...(text.match(privateKey) ?? []).flatMap(lines => lines.split(/\s+/)),
];
