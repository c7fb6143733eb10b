import { get } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../../kit/problem.ts';
import type { ProbeSpec } from '../../model/spec/service-spec.ts';
import type { Instances } from '../../ports/instances.ts';
import type { ProbeAnswer, Prober } from '../../ports/prober.ts';
import type { Seen } from '../../ports/provider.ts';
import type { DockerHost, Reach } from './host/host.ts';

type Verdict = Omit<ProbeAnswer, 'milliseconds'>;
type Place = Awaited<ReturnType<Instances['reach']>>;

/** Asks instances over the network, or by a command inside them. */
export const dockerProber =
  ({ reach: way }: DockerHost, instances: Instances): Prober =>
  async (instance, probe, signal) => {
    const startedAt = performance.now();
    const late = AbortSignal.timeout(probe.timing.timeout);
    const verdict = await ask(instances, way, instance, probe, signal ? AbortSignal.any([signal, late]) : late).catch(
      error => {
        signal?.throwIfAborted();
        return { ok: false, answer: late.aborted ? `no answer within ${probe.timing.timeout} ms` : wordsOf(error) };
      },
    );
    return { ...verdict, milliseconds: performance.now() - startedAt };
  };

async function ask(
  instances: Instances,
  way: Reach,
  instance: Seen,
  probe: ProbeSpec,
  signal: AbortSignal,
): Promise<Verdict> {
  if (probe.type === 'command') return byCommand(await instances.run(instance, probe.command, signal));
  const place = await instances.reach(instance, probe.port);
  return probe.type === 'http' ? byHttp(place, probe, signal) : byTcp(place, way, signal);
}

/** `EX_TEMPFAIL` of sysexits.h. */
const notYet = 75;

const byCommand = ({ exitCode, stdout, stderr }: Awaited<ReturnType<Instances['run']>>): Verdict => ({
  ok: exitCode === 0,
  answer: withText(`exit code ${exitCode}`, stdout.trim() || stderr),
  ...(exitCode === notYet && { advances: true }),
});

/** Not `fetch`: it refuses to dial some ports that a service may well listen on. */
function byHttp(
  place: Place,
  { path, status }: Extract<ProbeSpec, { type: 'http' }>,
  signal: AbortSignal,
): Promise<Verdict> {
  const { promise, resolve, reject } = Promise.withResolvers<Verdict>();
  const request = get({ ...place, path, agent: false, signal, headers: { 'user-agent': 'holdfast' } }, response => {
    beginningOf(response).then(body => {
      request.destroy();
      const code = response.statusCode ?? 0;
      resolve({ ok: status.includes(code), answer: withText(`${code} ${response.statusMessage}`.trim(), body) });
    }, reject);
  });
  request.on('error', reject);
  return promise;
}

const enough = 200;

/** No more than is told: a body may never end. */
async function beginningOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > enough) break;
  }
  return text;
}

/** A published port is answered by the engine, which hangs up when nothing listens behind it. */
const hangsUpWithin = 150;

async function byTcp(place: Place, way: Reach, signal: AbortSignal): Promise<Verdict> {
  const socket = connect({ ...place, signal });
  const { promise: fault, reject } = Promise.withResolvers<never>();
  socket.on('error', reject);
  socket.on('close', () => reject(new Error('connection refused')));
  try {
    await Promise.race([fault, new Promise(resolve => socket.once('connect', resolve))]);
    if (way === 'published')
      await Promise.race([fault, pause(hangsUpWithin), new Promise(resolve => socket.once('data', resolve))]);
    return { ok: true, answer: 'connected' };
  } finally {
    fault.catch(() => {});
    socket.destroy();
  }
}

const withText = (answer: string, text: string): string => {
  const told = text.replaceAll(/\s+/g, ' ').trim().slice(0, enough);
  return told ? `${answer}: ${told}` : answer;
};

const known: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EHOSTUNREACH: 'no route to it',
};

function wordsOf(error: unknown): string {
  if (error instanceof Problem) return error.parts.why ?? error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  return known[code ?? ''] ?? message;
}
