import { z } from 'zod';
import type { Login } from './docker-login.ts';

/** What `WWW-Authenticate` asks for (RFC 9110, 11.6.1). */
export interface Challenge {
  readonly scheme: 'basic' | 'bearer';
  readonly realm?: string;
  readonly service?: string;
}

export function challengeIn(header: string | string[] | undefined): Challenge | undefined {
  const offers = [header ?? []].flat().join(', ');
  const [, scheme = '', rest = ''] = /\b(bearer|basic)\s+(.*)/i.exec(offers) ?? [];
  if (!scheme) return undefined;
  const parts = new Map(
    [...rest.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key.toLowerCase(), value]),
  );
  const [realm, service] = [parts.get('realm'), parts.get('service')];
  return {
    scheme: scheme.toLowerCase() === 'bearer' ? 'bearer' : 'basic',
    ...(realm !== undefined && { realm }),
    ...(service !== undefined && { service }),
  };
}

export const basicOf = (login: Login | undefined): string | undefined =>
  login && 'user' in login
    ? `Basic ${Buffer.from(`${login.user}:${login.password.reveal()}`).toString('base64')}`
    : undefined;

export interface TokenRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Distribution's token specification: with a name and a password by GET, with an earlier token by POST (OAuth 2). */
export function tokenRequest(
  { realm = '', service }: Challenge,
  scope: string,
  login: Login | undefined,
): TokenRequest {
  const asked = { ...(service !== undefined && { service }), scope };
  if (login && 'refresh' in login) {
    const grant = { grant_type: 'refresh_token', client_id: 'holdfast', refresh_token: login.refresh.reveal() };
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { method: 'POST', url: realm, headers, body: new URLSearchParams({ ...asked, ...grant }).toString() };
  }
  const url = `${realm}${realm.includes('?') ? '&' : '?'}${new URLSearchParams(asked)}`;
  const authorization = basicOf(login);
  return { method: 'GET', url, headers: authorization ? { authorization } : {} };
}

const answer = z.union([
  z.looseObject({ token: z.string().min(1) }).transform(({ token }) => token),
  z.looseObject({ access_token: z.string().min(1) }).transform(({ access_token }) => access_token),
]);

export const tokenIn = (text: string): string | undefined => {
  try {
    return answer.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
