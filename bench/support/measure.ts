import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measured {
  readonly seconds: number;
  /** Peak resident memory of the process and its children together, in MB of 10^6 bytes. */
  readonly megabytes: number;
}

/** Runs a whole command and measures it from outside. Throws with what it printed when it fails. */
export async function measure(
  command: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<Measured> {
  const [program = '', ...args] = command;
  const since = performance.now();
  const child = spawn(program, args, {
    ...options,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: Buffer[] = [];
  child.stdout.on('data', data => printed.push(data));
  child.stderr.on('data', data => printed.push(data));
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, familyMemory(child.pid ?? 0));
  }, 10);
  const code = await new Promise<number | null>(resolve => child.on('close', resolve));
  clearInterval(watch);
  const seconds = (performance.now() - since) / 1000;
  if (code !== 0)
    throw new Error(`${command.join(' ')} ended with ${code}:\n${Buffer.concat(printed).toString().slice(-2000)}`);
  return { seconds, megabytes: peak };
}

/** The median of several runs, by time. */
export async function median(runs: number, run: () => Promise<Measured>): Promise<Measured> {
  const all: Measured[] = [];
  for (let count = 0; count < runs; count += 1) all.push(await run());
  return all.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(runs / 2)] as Measured;
}

function familyMemory(pid: number): number {
  try {
    const resident = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return (Number(resident) * 1024) / 1e6 + children.reduce((sum, child) => sum + familyMemory(Number(child)), 0);
  } catch {
    return 0;
  }
}

export interface Figure {
  readonly case: string;
  readonly ours: number;
  readonly peer: number;
  readonly peerName: string;
  readonly unit: 's' | 'MB';
}

/** One line of JSON a figure: `ratio` is ours over the peer's, so that less is better. */
export function report(bench: string, figure: Figure): void {
  const { ours, peer, ...rest } = figure;
  const line = {
    bench,
    case: rest.case,
    ours: round(ours),
    peer: round(peer),
    peerName: rest.peerName,
    unit: rest.unit,
    ratio: round(ours / peer),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const round = (value: number): number => Number(value.toPrecision(3));
