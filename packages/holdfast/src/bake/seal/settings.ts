import type { ImageConfig } from '../../model/spec/recipe.ts';

interface OciConfig {
  readonly config?: {
    readonly User?: string;
    readonly Env?: readonly string[] | null;
    readonly Entrypoint?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
    readonly WorkingDir?: string;
    readonly Labels?: Readonly<Record<string, string>> | null;
    readonly ExposedPorts?: Readonly<Record<string, unknown>> | null;
    readonly StopSignal?: string;
  };
}

/** What a container is started with, read from an image's configuration (JSON, OCI image-spec 1.1). */
export function settingsOf(config: string): ImageConfig {
  const { User, Env, Entrypoint, Cmd, WorkingDir, Labels, ExposedPorts, StopSignal } =
    (JSON.parse(config) as OciConfig).config ?? {};
  return {
    env: Object.fromEntries((Env ?? []).map(variable)),
    labels: Labels ?? {},
    ports: Object.keys(ExposedPorts ?? {})
      .filter(port => !port.endsWith('/udp'))
      .map(port => Number.parseInt(port, 10))
      .sort((a, b) => a - b),
    ...(User && { user: User }),
    ...(Entrypoint && Entrypoint.length > 0 && { entrypoint: Entrypoint }),
    ...(Cmd && Cmd.length > 0 && { command: Cmd }),
    ...(WorkingDir && { workdir: WorkingDir }),
    ...(StopSignal && { stopSignal: StopSignal }),
  };
}

function variable(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
