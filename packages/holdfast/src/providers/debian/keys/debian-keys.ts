/** Public keys, each in OpenPGP's ASCII armor. */
export type Keys = () => Promise<readonly string[]>;

/** The keys by which Debian signs bookworm and trixie. Read when they are needed first. */
export const debianKeys: Keys = async () => {
  const [a, b, c, d, e, f] = await Promise.all([
    import('./bookworm-automatic.ts'),
    import('./bookworm-security-automatic.ts'),
    import('./bookworm-stable.ts'),
    import('./trixie-automatic.ts'),
    import('./trixie-security-automatic.ts'),
    import('./trixie-stable.ts'),
  ]);
  return [
    a.bookwormAutomatic,
    b.bookwormSecurityAutomatic,
    c.bookwormStable,
    d.trixieAutomatic,
    e.trixieSecurityAutomatic,
    f.trixieStable,
  ];
};
