import { iso } from '../../kit/clock.ts';
import { isDuration } from '../../kit/duration.ts';
import { widthOf } from '../../kit/layout.ts';
import type { Instances, LogLine, LogQuery } from '../../ports/instances.ts';
import { type Call, type CommonOptions, durationOf, numberOf, type Verb } from '../call.ts';
import { chosen, instancesOf, type Named, withRestored } from '../ground/instances.ts';
import { looking } from '../ground/looking.ts';
import { logLine } from '../show/log.ts';

export interface LogsOptions extends CommonOptions {
  readonly follow?: boolean;
  readonly tail?: string;
  readonly since?: string;
}

/** What instances wrote, of several in the order of time. */
export const logs: Verb<LogsOptions, [asked: readonly string[]]> = (call, asked) =>
  looking(call, async stage => {
    const instances = chosen(await (asked.length > 0 ? withRestored : instancesOf)(stage), asked);
    const query = queryOf(call);
    const print = printer(call, instances);
    if (query.follow) await Promise.all(instances.map(one => follow(one, stage.instances, query, call, print)));
    else for (const { named, line } of await past(instances, stage.instances, query)) print(named, line);
    return 0;
  });

/** Without a word about it, the last hundred lines of each. */
function queryOf({ options: { follow, tail, since }, outside }: Call<LogsOptions>): LogQuery {
  const from = since !== undefined && isDuration(since) ? iso(outside.clock() - durationOf('--since', since)) : since;
  const last = tail === undefined ? (since === undefined ? 100 : undefined) : numberOf('--tail', tail);
  return {
    ...(follow && { follow }),
    ...(last !== undefined && { tail: last }),
    ...(from !== undefined && { since: from }),
  };
}

type Print = (named: Named, line: LogLine) => void;

async function past(all: readonly Named[], { logs: read }: Instances, query: LogQuery) {
  const lists = await Promise.all(
    all.map(async named => (await Array.fromAsync(read(named.seen, query))).map(line => ({ named, line }))),
  );
  return lists.flat().sort((a, b) => (a.line.at < b.line.at ? -1 : a.line.at > b.line.at ? 1 : 0));
}

async function follow(named: Named, { logs: read }: Instances, query: LogQuery, call: Call, print: Print) {
  for await (const line of read(named.seen, query, call.stopping.signal)) print(named, line);
}

function printer({ options, outside, out }: Call, instances: readonly Named[]): Print {
  if (options.json)
    return ({ name }, line) => void outside.stdout.write(`${JSON.stringify({ instance: name, ...line })}\n`);
  const width = Math.max(0, ...instances.map(({ name }) => widthOf(name)));
  const order = new Map(instances.map(({ name }, at) => [name, at]));
  return ({ name }, line) =>
    out.print([
      logLine({ name, nth: order.get(name) ?? 0, width, isAlone: instances.length === 1 }, line, out.palette),
    ]);
}
