import { canonical } from '../../../../kit/json.ts';
import type { Digest } from '../../../../ports/baked-image.ts';

/** A configuration as an engine keeps it: OCI's, and what is the engine's own besides. */
export interface FoundConfig {
  readonly rootfs?: { readonly diff_ids?: readonly Digest[] };
  readonly history?: readonly { readonly created_by?: string; readonly empty_layer?: boolean }[];
  readonly config?: Readonly<Record<string, unknown>> | null;
  readonly [other: string]: unknown;
}

/** OCI image-spec 1.1, "Image Configuration". */
const kept = ['architecture', 'author', 'created', 'os', 'os.features', 'os.version', 'rootfs', 'variant'];

/** The same, of `config`; with Docker's additions to it that make a difference to a container. */
const keptOfContainer = [
  'ArgsEscaped',
  'Cmd',
  'Entrypoint',
  'Env',
  'ExposedPorts',
  'Healthcheck',
  'OnBuild',
  'Shell',
  'StopSignal',
  'User',
  'Volumes',
  'WorkingDir',
];

/** The configuration as it is the same everywhere: without the name of a container, and without the labels of ours. */
export function settledConfig({ config, history, ...found }: FoundConfig): string {
  const { Labels, ...container } = config ?? {};
  const labels = Object.entries((Labels ?? {}) as Record<string, string>).filter(
    ([key]) => !key.startsWith('holdfast.'),
  );
  return canonical({
    ...only(kept, found),
    ...(history && { history: history.filter(one => !tellsOfUs(one)) }),
    config: { ...only(keptOfContainer, container), ...(labels.length > 0 && { Labels: Object.fromEntries(labels) }) },
  });
}

/** A build writes down the labels that it was told to give. */
const tellsOfUs = ({ empty_layer, created_by = '' }: NonNullable<FoundConfig['history']>[number]): boolean =>
  empty_layer === true && / LABEL holdfast\./.test(created_by);

const only = (keys: readonly string[], found: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(found).filter(([key, value]) => keys.includes(key) && !isNothing(value)));

const isNothing = (value: unknown): boolean => value === null || value === '';
