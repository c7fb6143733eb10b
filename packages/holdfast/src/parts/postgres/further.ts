import { inside } from './inside.ts';

interface Places {
  /** What was last seen is kept there. */
  readonly kept: string;
  readonly volume: string;
  readonly processes: string;
}

const here: Places = { kept: inside.socket, volume: inside.volume, processes: '/proc' };

/**
 * Functions of a health script. A server that has much to do before it takes clients is waited for as long as it comes
 * further with it: the script then ends with 75. `VERSION` is in its environment.
 */
export const furtherFunctions = ({ kept, volume, processes } = here): string => `
# Whether what is known by a name is more than it was when it was last asked for.
is_more() {
  before=$(cat "${kept}/last-$1" 2>/dev/null)
  [ "$2" \\> "$before" ] && echo "$2" >"${kept}/last-$1"
}

# After a crash or a copy it reads what was written since a checkpoint. How far it is, PostgreSQL says in its title.
unless_reading() {
  piece=$(cat ${processes}/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n' | sed -n 's/^postgres: .*startup recovering //p')
  if is_more piece "$piece"; then echo "reads its log: $piece" && exit 75; fi
}

unless_copying() {
  size=$(du -sm "${volume}/$VERSION" 2>/dev/null | cut -f1)
  size=\${size:-0}
  if is_more size "$(printf %012d "$size")"; then echo "copies the data: $size MB so far" && exit 75; fi
}
`;

/** The health of a server that is alone. */
export const serverHealthScript = `#!/bin/sh
${furtherFunctions()}
said=$(pg_isready --host ${inside.socket}) && exit 0
unless_reading
echo "$said"
exit 1
`;
