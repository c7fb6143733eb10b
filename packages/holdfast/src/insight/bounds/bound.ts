import { compareShares, complement, difference, product, type Share, sum, whole } from '../../kit/percentage.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import { type Ceiling, type CommonCause, correlated, type Graph, split } from './graph.ts';
import { type Element, elementsOf, type Structure, stands } from './structure.ts';

/** How many elements with a figure a bound is computed of. What replicas have in common comes on top. */
export const mostElements = 40;

/** What may be promised at best of what rests on a graph. All figures are exact. */
export interface Bound {
  readonly availability: Share;
  /** The same if replicas never failed for one cause: what is often claimed, and is not so. */
  readonly independent: Share;
  /** Ids of elements that nobody gave a figure for: they count as 1. */
  readonly assumed: readonly string[];
  /** What the whole falls with: it is never there more than any of them. The lowest first, assumed ones last. */
  readonly singlePoints: readonly Element[];
  /** What a better element would give, the most first. None for what gives nothing. */
  readonly lifts: readonly Lift[];
  /** The promises that it is given and that promise less than all else allows. Absent where there are none. */
  readonly ceiling?: CeilingBound;
  /** What replicas have in common, as far as it counts: where two or more of them have a figure. */
  readonly commonCauses: readonly CommonCause[];
}

/** Promises that cap the bound. */
export interface CeilingBound {
  /** Those of the lowest objective. */
  readonly ids: readonly string[];
  readonly objective: Share;
  /** The bound if they promised enough. */
  readonly lifted: Share;
}

/** What the bound would be with one element better. */
export interface Lift {
  readonly id: string;
  /** Of the element now; of a replica that shares a cause with others, what is its own. */
  readonly availability: Share;
  /** How likely the whole stands or falls with it. */
  readonly importance: Share;
  /** The bound if it never failed. */
  readonly perfect: Share;
  /** The bound with one more like it. Absent for a common cause: one more shares that too. */
  readonly doubled?: Share;
}

/** Throws a Problem where the graph is too large or too wild to be exact about. */
export function boundOf(graph: Graph): Bound {
  refuseTooMany(graph);
  const structure = correlated(graph);
  const elements = elementsOf(structure);
  const evaluation = evaluate(structure);
  const independent = structure === graph.structure ? evaluation.availability : evaluate(graph.structure).availability;
  const most = lowest([whole, ...(graph.ceilings ?? []).map(({ objective }) => objective)]);
  const ceiling = ceilingOf(graph.ceilings ?? [], evaluation.availability);
  return {
    availability: lowest([evaluation.availability, most]),
    independent: lowest([independent, most]),
    assumed: elements.filter(({ availability }) => !availability).map(({ id }) => id),
    singlePoints: singlePointsOf(structure, elements),
    lifts: elements.flatMap(one => liftOf(one, graph, evaluation, most) ?? []).sort(byGain),
    ...(ceiling && { ceiling }),
    commonCauses: graph.commonCauses.filter(cause => elements.some(({ id }) => id === cause.id)),
  };
}

const lowest = (shares: readonly Share[]): Share => shares.reduce((a, b) => (compareShares(b, a) < 0 ? b : a));

/** Who relies on a promise may count on what it says, whatever it turns out to be. */
function ceilingOf(ceilings: readonly Ceiling[], found: Share): CeilingBound | undefined {
  const below = ceilings.filter(({ objective }) => compareShares(objective, found) < 0);
  if (below.length === 0) return undefined;
  const objective = lowest(below.map(one => one.objective));
  const isLowest = (one: Ceiling): boolean => compareShares(one.objective, objective) === 0;
  const others = below.filter(one => !isLowest(one)).map(one => one.objective);
  return { ids: below.filter(isLowest).map(({ id }) => id), objective, lifted: lowest([found, ...others]) };
}

function refuseTooMany({ structure }: Graph): void {
  const { length } = elementsOf(structure).filter(({ availability }) => availability);
  if (length > mostElements) throw tooMany(length);
}

const singlePointsOf = (structure: Structure, elements: readonly Element[]): readonly Element[] =>
  elements.filter(({ id }) => !stands(structure, new Set([id]))).toSorted(byAvailability);

const byAvailability = (a: Element, b: Element): number =>
  a.availability && b.availability
    ? compareShares(a.availability, b.availability)
    : Number(!a.availability) - Number(!b.availability);

const byGain = (a: Lift, b: Lift): number => compareShares(b.perfect, a.perfect);

function liftOf({ id, availability }: Element, graph: Graph, evaluation: Evaluation, most: Share): Lift | undefined {
  const { availability: now, importance } = evaluation;
  const weight = importance.get(id);
  if (!availability || !weight) return undefined;
  const having = (better: Share): Share =>
    lowest([most, sum(now, product([difference(better, availability), weight]))]);
  const perfect = having(whole);
  if (compareShares(perfect, lowest([most, now])) === 0) return undefined;
  const doubled = twice(id, availability, graph.commonCauses);
  return { id, availability, importance: weight, perfect, ...(doubled && { doubled: having(doubled) }) };
}

/** An element and one more like it. The first two of a kind begin to share a cause; more share the one there is. */
function twice(id: string, availability: Share, causes: readonly CommonCause[]): Share | undefined {
  if (causes.some(cause => cause.id === id)) return undefined;
  const alone = causes.find(({ members }) => members.length === 1 && members[0] === id);
  if (!alone) return oneOfTwo(availability);
  const { own, common } = split(availability, alone.beta);
  return product([common, oneOfTwo(own)]);
}

const oneOfTwo = (availability: Share): Share => {
  const gone = complement(availability);
  return complement(product([gone, gone]));
};

const tooMany = (count: number): Problem =>
  new Problem({
    what: `a bound that rests on ${count} elements is not computed`,
    why: `it is exact or it is not given, and that is so for up to ${mostElements} elements that have an availability`,
    fix: 'leave out the availability of those that fail least: they count as 100% and are listed as assumed, and the bound stays one',
    exit: exitCode.wrongUse,
  });
