import type { CommandLine } from '../../harness.ts';

/** As `holdfast bake --json` tells it. */
export interface Baked {
  readonly well: boolean;
  readonly images: readonly BakedOne[];
  readonly failed: readonly {
    readonly name: string;
    readonly problem: { readonly what: string; readonly why?: string };
  }[];
  readonly brought: readonly { readonly image: string; readonly as?: string }[];
}

export interface BakedOne {
  readonly name: string;
  readonly digest: string;
  readonly size: number;
  readonly milliseconds: number;
  readonly contacted: readonly string[];
  readonly seal?: 'sealed' | 'sealed before' | 'refused';
  readonly reproducible?: boolean;
  readonly failed?: readonly string[];
}

/** Bakes, however it ends: images that fail are told in what it returns. */
export async function bake({ holdfast }: Pick<CommandLine, 'holdfast'>, ...args: readonly string[]): Promise<Baked> {
  const { stdout, stderr, code } = await holdfast('bake', '--json', ...args);
  try {
    return JSON.parse(stdout) as Baked;
  } catch {
    throw new Error(`bake ended with ${code} and no JSON\n${stdout}\n${stderr}`);
  }
}

/** What went wrong, a line for each; nothing where all is well. */
export const complaints = ({ failed, images }: Baked): readonly string[] => [
  ...failed.map(({ name, problem }) => `${name}: ${problem.what}; ${problem.why ?? ''}`),
  ...images.flatMap(({ name, failed: reasons = [] }) => reasons.map(reason => `${name} is refused: ${reason}`)),
];

/** Digest by image. */
export const digestsOf = ({ images }: Baked): Readonly<Record<string, string>> =>
  Object.fromEntries(images.map(({ name, digest }) => [name, digest]).sort());
