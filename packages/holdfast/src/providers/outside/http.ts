import { type IncomingMessage, request as requestPlainly } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { HttpFacts, TlsFacts } from '../../model/assertion/facts/network.ts';
import type { Looked } from '../../model/assertion/matcher.ts';
import type { RequestSpec } from '../../model/spec/subject-spec.ts';
import { lookup } from './lookup.ts';
import { distrustOf } from './words.ts';

/** A question over HTTP. */
export interface HttpAsk {
  readonly url: URL;
  readonly request?: RequestSpec;
  readonly wantsBody: boolean;
}

/** Bytes of a body, and letters of it that are told in any case. */
const most = { body: 1024 * 1024, told: 200 } as const;

/** Asks once, follows no redirect, and takes a certificate as it is: whether it is to be trusted is told, too. */
export async function askHttp(ask: HttpAsk, signal: AbortSignal): Promise<Looked<HttpFacts>> {
  const response = await send(ask, signal);
  try {
    const tls = tlsOf(response);
    const limit = ask.wantsBody ? most.body : most.told;
    const { text, isWhole } = await beginningOf(response, limit);
    if (ask.wantsBody && !isWhole) return { unknown: `what it says is longer than ${most.body >> 20} MiB` };
    const { statusCode: status = 0, statusMessage = '' } = response;
    return {
      facts: {
        status,
        answer: withText(`${status} ${statusMessage}`.trim(), text),
        headers: headersOf(response),
        ...(ask.wantsBody && { body: text }),
        ...(tls && { tls }),
      },
    };
  } finally {
    response.destroy();
  }
}

/** Not `fetch`: it refuses to dial some ports that a service may well listen on, and follows what it should not. */
function send({ url, request: spec }: HttpAsk, signal: AbortSignal): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const isSecure = url.protocol === 'https:';
  const options = {
    method: spec?.method ?? 'GET',
    agent: false,
    lookup,
    signal,
    headers: { 'user-agent': 'holdfast', host: url.host, ...spec?.headers },
    ...(isSecure && { rejectUnauthorized: false }),
  };
  const asked = (isSecure ? requestSecurely : requestPlainly)(url, options, resolve);
  asked.on('error', reject);
  asked.end();
  return promise;
}

function tlsOf({ socket }: IncomingMessage): TlsFacts | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  const distrust = distrustOf(socket.authorizationError);
  return { version: (socket.getProtocol() ?? '').replace('TLSv', ''), ...(distrust !== undefined && { distrust }) };
}

const headersOf = ({ headersDistinct }: IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headersDistinct).map(([name, values = []]) => [name, values.join(', ')]));

/** No more than the limit: a body may never end. */
async function beginningOf(body: AsyncIterable<Buffer>, limit: number) {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) break;
  }
  return { text: Buffer.concat(chunks).toString('utf8'), isWhole: length <= limit };
}

const withText = (answer: string, text: string): string => {
  const told = text.replaceAll(/\s+/g, ' ').trim().slice(0, most.told);
  return told ? `${answer}: ${told}` : answer;
};
