import { type ChainEnd, chainStart, endAt, type Link, linkHash, payloadHash } from './chain.ts';
import type { Verification } from './journal.ts';
import { headVerifier, type SignedHead } from './signer.ts';

/** Some links in their order, with all heads that were signed at them, read after them. */
export interface ChainPage {
  readonly links: readonly Link[];
  readonly heads: readonly SignedHead[];
}

/** What a store shows of itself to be verified. */
export interface ChainSource {
  readonly journal: string;
  readonly pages: AsyncIterable<ChainPage>;
  /** The newest fact's and the newest head's places, read at one moment; 0 for none. */
  readonly ends: { readonly facts: number; readonly heads: number };
  /** The last head that somebody outside of the store has seen. */
  readonly witness?: SignedHead | undefined;
}

/** Walks the whole chain and says where it first breaks, and how. */
export async function verifyChain(source: ChainSource): Promise<Verification> {
  const walk = new ChainWalk(source);
  for await (const page of source.pages) {
    const broken = walk.broken(page);
    if (broken) return { whole: false, facts: walk.last.seq, ...broken };
  }
  const broken = walk.brokenAtTheEnd();
  if (broken) return { whole: false, facts: walk.last.seq, ...broken };
  return { whole: true, facts: walk.last.seq, head: walk.last.hash, signedBy: [...walk.signers] };
}

interface Break {
  readonly at: number;
  readonly reason: string;
}

class ChainWalk {
  readonly signers = new Set<string>();
  last: ChainEnd;
  readonly #source: ChainSource;
  readonly #isGenuine = headVerifier();
  /** Facts whose payload is gone, until the fact that says why is met. */
  readonly #unexplained = new Set<number>();
  #signedUpTo = 0;

  constructor(source: ChainSource) {
    this.#source = source;
    this.last = chainStart(source.journal);
  }

  broken({ links, heads }: ChainPage): Break | undefined {
    const headAt = new Map(Map.groupBy(heads, head => head.seq));
    for (const link of links) {
      const reason = this.#linkBreak(link) ?? this.#witnessBreak(link);
      if (reason) return { at: Math.min(link.envelope.seq, this.last.seq + 1), reason };
      this.last = endAt(link);
      const forged = (headAt.get(link.envelope.seq) ?? []).find(head => !this.#accepts(head));
      if (forged) return { at: link.envelope.seq, reason: `the signature of the head at ${forged.seq} is forged` };
    }
    return undefined;
  }

  brokenAtTheEnd(): Break | undefined {
    const { ends, witness } = this.#source;
    const seen = Math.max(ends.heads, witness?.seq ?? 0);
    if (seen > this.last.seq) return { at: this.last.seq + 1, reason: `the end is cut off: ${seen} facts were there` };
    if (this.#signedUpTo < this.last.seq)
      return { at: this.#signedUpTo + 1, reason: 'the facts from here to the end are not signed' };
    const [at] = this.#unexplained;
    return at === undefined ? undefined : { at, reason: `the payload of fact ${at} is gone, and no fact says why` };
  }

  #linkBreak(link: Link): string | undefined {
    const { seq } = link.envelope;
    const expected = this.last.seq + 1;
    if (seq !== expected) return `fact ${expected} is missing`;
    if (this.#payloadChanged(link)) return `the payload of fact ${seq} was changed`;
    if (linkHash(this.last.hash, link.envelope, link.payloadHash) !== link.hash)
      return `fact ${seq} was changed, or is not in its place`;
    return undefined;
  }

  #payloadChanged({ envelope, payload, salt, payloadHash: sealed }: Link): boolean {
    if (payload === null) return this.#unexplained.add(envelope.seq) === undefined;
    if (payloadHash(salt ?? '', payload) !== sealed) return true;
    if (envelope.kind === 'fact.redacted') this.#unexplained.delete((JSON.parse(payload) as { seq: number }).seq);
    return false;
  }

  #witnessBreak({ envelope, hash }: Link): string | undefined {
    const { witness } = this.#source;
    if (witness?.seq !== envelope.seq || witness.hash === hash) return undefined;
    return `fact ${witness.seq} is not the one that this machine saw on ${witness.at}: facts up to it were cut off or changed`;
  }

  #accepts(head: SignedHead): boolean {
    if (head.hash !== this.last.hash || head.journal !== this.#source.journal || !this.#isGenuine(head)) return false;
    this.signers.add(head.key);
    this.#signedUpTo = head.seq;
    return true;
  }
}
