/** A member of an ar archive. */
export interface Member {
  readonly name: string;
  readonly content: Uint8Array | string;
  /** In place of its true one. */
  readonly size?: string;
}

/** An ar archive as deb(5) has it, with whatever it should not have. */
export function arOf(members: readonly Member[]): Buffer {
  const parts = members.flatMap(({ name, content, size }) => {
    const bytes = Buffer.from(content);
    const header = `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}`;
    return [
      Buffer.from(`${header}${(size ?? String(bytes.length)).padEnd(10)}\`\n`),
      bytes,
      Buffer.alloc(bytes.length % 2, '\n'),
    ];
  });
  return Buffer.concat([Buffer.from('!<arch>\n'), ...parts]);
}
