import type { ServerResponse } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";

export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  type: 'application/json',
  body: `${JSON.stringify(value)}\n`,
  headers,
});

export const text = (type: string, body: string): Answer => ({ status: 200, type: `${type}; charset=utf-8`, body });

export const notFound = (what: string): Answer => json(404, { error: `there is no ${what}` });

export function send(response: ServerResponse, answer: Answer, leaving: boolean): void {
  response.writeHead(answer.status, {
    'content-type': answer.type,
    'content-length': Buffer.byteLength(answer.body),
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    ...answer.headers,
    ...(leaving && { connection: 'close' }),
  });
  response.end(answer.body);
}
