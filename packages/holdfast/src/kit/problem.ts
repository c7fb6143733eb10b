/** What a script can rely on: 0 kept, 1 a promise or gate failed, 2 wrong use, 3 cannot reach what is needed. */
export const exitCode = { kept: 0, failed: 1, wrongUse: 2, unreachable: 3 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

export interface ProblemParts {
  /** One line: what is wrong, naming the subject. */
  readonly what: string;
  /** `file:line:column`, or the thing it happened at. */
  readonly where?: string;
  /** The reason, or what was found against what was expected. */
  readonly why?: string;
  /** What the reader can do next. */
  readonly fix?: string;
  /** Material to look at: log lines, an answer. */
  readonly evidence?: readonly string[];
  readonly exit?: ExitCode;
  readonly cause?: unknown;
  /** Whether the same call may go through later, unchanged. */
  readonly retry?: boolean;
}

/** An error that is meant to be read: what, where, why, and what to do. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly parts: ProblemParts;

  constructor(parts: ProblemParts) {
    super(parts.what, { cause: parts.cause });
    this.parts = parts;
  }

  get exit(): ExitCode {
    return this.parts.exit ?? exitCode.failed;
  }

  toJSON(): Omit<ProblemParts, 'cause'> {
    const { cause: _, ...told } = this.parts;
    return told;
  }
}

/** Several problems found in one go, so that a reader mends them in one go. */
export class Problems extends AggregateError {
  override readonly name = 'Problems';

  get exit(): ExitCode {
    return this.problems[0]?.exit ?? exitCode.failed;
  }

  get problems(): readonly Problem[] {
    return this.errors.map(asProblem);
  }
}

export function asProblem(error: unknown): Problem {
  // What went wrong first is the reason; that cleaning up failed too is not.
  if (error instanceof SuppressedError) return asProblem(error.suppressed);
  if (error instanceof Problem) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  return new Problem({ what: cause.message || cause.name, cause });
}
