type Env = Readonly<Record<string, string | undefined>>;

/** Settings by their key; one that may stand several times (`ca[]`) has several values. */
export type Settings = ReadonlyMap<string, readonly string[]>;

/**
 * What an `.npmrc` says: ini (npm's package `ini`), with `${VAR}` replaced by the environment's, left as it stands where
 * the environment has none, and `${VAR?}` by nothing then.
 */
export function settingsOf(text: string, env: Env): Settings {
  const settings = new Map<string, readonly string[]>();
  for (const line of text.split(/[\r\n]+/)) {
    const [, key = '', value] = /^\s*([^;#[\s=][^=]*?)\s*(?:=\s*(.*?)\s*)?$/.exec(line) ?? [];
    if (!key) continue;
    const plain = expanded(key.replace(/\[\]$/, ''), env);
    const before = key.endsWith('[]') ? (settings.get(plain) ?? []) : [];
    settings.set(plain, [...before, value === undefined ? 'true' : expanded(unquoted(value), env)]);
  }
  return settings;
}

/** `npm_config_registry`: small letters, dashes for underlines, except for what begins with `//`, a host's own. */
export function settingsOfEnv(env: Env): Settings {
  const settings = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(env)) {
    if (!value || !/^npm_config_/i.test(name)) continue;
    const key = name.slice('npm_config_'.length);
    settings.set(key.startsWith('//') ? key : key.replace(/(?!^)_/g, '-').toLowerCase(), [value]);
  }
  return settings;
}

function unquoted(value: string): string {
  if (/^".*"$/.test(value)) return fromJson(value);
  if (/^'.*'$/.test(value)) return fromJson(value.slice(1, -1));
  return value
    .replace(/(?<!\\)[;#].*$/, '')
    .replace(/\\([;#\\])/g, '$1')
    .trim();
}

function fromJson(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

const expanded = (text: string, env: Env): string =>
  text.replace(
    /(?<!\\)\$\{([^${}?]+)(\?)?\}/g,
    (whole, name: string, mayLack?: string) => env[name] ?? (mayLack ? '' : whole),
  );
