import { basicOf, type Challenge, challengeIn, tokenIn, tokenRequest } from './access.ts';
import type { Login } from './docker-login.ts';
import type { Line, Received, Sent } from './line.ts';
import { outOfReach, refusal, type Target } from './refusals.ts';

export interface SessionParts extends Target {
  readonly line: Line;
  /** `https://registry.example` */
  readonly origin: string;
  readonly login: (host: string) => Promise<Login | undefined>;
}

/** Sends to one repository, signed in as the registry asks. Throws a Problem when it can't be reached. */
export type Session = (sent: Sent, signal: AbortSignal) => Promise<Received>;

export function openSession(parts: SessionParts): Session {
  let access: Promise<string | undefined> | undefined;
  /** Uploads may go to another host, which is not to be shown who we are. */
  const send = async (sent: Sent, signal: AbortSignal): Promise<Received> => {
    const authorization = new URL(sent.url).origin === parts.origin ? await access : undefined;
    const headers = { ...sent.headers, ...(authorization && { authorization }) };
    return await overLine(parts, { ...sent, headers }, signal);
  };
  return async (sent, signal) => {
    access ??= signIn(parts, signal);
    const answer = await send(sent, signal).catch(error => {
      access = undefined;
      throw error;
    });
    if (answer.status !== 401) return answer;
    // A token lasts for some minutes, and a large layer may take longer.
    access = signIn(parts, signal);
    return await send(sent, signal);
  };
}

async function overLine(parts: SessionParts, sent: Sent, signal: AbortSignal): Promise<Received> {
  return await parts.line(sent, signal).catch(error => {
    signal.throwIfAborted();
    // Of a file that was to be sent, and not of the line.
    if (error.path) throw error;
    throw outOfReach(parts, error);
  });
}

/** The `Authorization` that the registry wants; undefined where it lets everybody in. */
async function signIn(parts: SessionParts, signal: AbortSignal): Promise<string | undefined> {
  const greeting = await overLine(parts, { method: 'GET', url: `${parts.origin}/v2/` }, signal);
  if (greeting.status !== 401) return undefined;
  const challenge = challengeIn(greeting.headers['www-authenticate']);
  const login = await parts.login(parts.host);
  if (challenge?.scheme === 'bearer') return await bearer(parts, challenge, login, signal);
  const basic = basicOf(login);
  if (basic) return basic;
  throw refusal('who we are', parts, greeting);
}

async function bearer(
  parts: SessionParts,
  challenge: Challenge,
  login: Login | undefined,
  signal: AbortSignal,
): Promise<string> {
  const { method, url, headers, body } = tokenRequest(challenge, `repository:${parts.repository}:pull,push`, login);
  const answer = await overLine(
    parts,
    { method, url, headers, ...(body !== undefined && { body: () => body }) },
    signal,
  );
  const token = answer.status === 200 ? tokenIn(answer.text) : undefined;
  if (token) return `Bearer ${token}`;
  throw refusal('who we are', parts, answer);
}
