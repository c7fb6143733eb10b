import type { IncomingMessage } from 'node:http';

const limit = 10_000;

/** The request's body as JSON; undefined when it is none, or longer than ten kilobytes. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk;
    if (body.length > limit) return undefined;
  }
  return parsed(body);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
