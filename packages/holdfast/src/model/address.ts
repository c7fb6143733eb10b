/** Names one thing of a system, by kind and name: `service/web`, `network/lan`, `instance/web.1`. */
export type Address = `${string}/${string}`;

export const address = (kind: string, name: string): Address => `${kind}/${name}`;

export const kindOf = (of: Address): string => of.slice(0, of.indexOf('/'));

export const nameIn = (of: Address): string => of.slice(of.indexOf('/') + 1);
