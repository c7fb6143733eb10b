import { Graph as Dagre, layout } from '@dagrejs/dagre';
import type { Address } from '../../../model/address.ts';
import { signs } from '../page/inline.ts';
import { shown } from '../page/text.ts';
import type { Edge, Graph, Node } from './graph.ts';
import { linesOf, widthOf } from './label.ts';

/** In the units of the picture. */
export const letters = { kind: 11, name: 14, line: 18 } as const;
const room = { side: 14, top: 10 } as const;

/** How wide a name may be before it is broken: where boxes stand beside each other, it is they that take the width. */
const widest = { down: 210, across: 140 } as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A node with its place: the middle of it. */
export interface Box extends Node, Point {
  readonly width: number;
  readonly height: number;
  /** The word above its name. */
  readonly over: string;
  readonly lines: readonly string[];
}

export interface Way extends Edge {
  readonly points: readonly Point[];
}

export interface Drawing {
  /** Whether what depends stands above or left of what it depends on. */
  readonly runs: 'down' | 'across';
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly ways: readonly Way[];
}

/** As wide as a page has room for. */
const page = 860;

/**
 * Gives each node and each edge its place. What depends stands above what it depends on; where that gets too wide for a
 * page, left of it: a page is moved down more easily than aside. Pure.
 */
export function drawingOf(graph: Graph): Drawing {
  const down = drawn(graph, 'down');
  if (down.width <= page) return down;
  const across = drawn(graph, 'across');
  return across.width < down.width ? across : down;
}

function drawn({ nodes, edges }: Graph, runs: Drawing['runs']): Drawing {
  const dagre = new Dagre();
  const rankdir = runs === 'down' ? 'TB' : 'LR';
  dagre.setGraph({ rankdir, nodesep: 24, ranksep: 50, edgesep: 16, marginx: 6, marginy: 6 });
  const sized = nodes.map(node => sizeOf(node, widest[runs]));
  for (const node of sized) dagre.setNode(node.of, { width: node.width, height: node.height });
  for (const { from, to } of edges) dagre.setEdge(from, to, {});
  layout(dagre);
  const { width = 0, height = 0 } = dagre.graph();
  const boxes = new Map(sized.map(node => [node.of, { ...node, ...placeOf(dagre.node(node.of)) }]));
  return {
    runs,
    width: Math.ceil(Math.max(width, 1)),
    height: Math.ceil(Math.max(height, 1)),
    boxes: [...boxes.values()],
    ways: edges.map(edge => ({
      ...edge,
      points: wayOf(edge, dagre.edge(edge.from, edge.to).points as Point[], boxes, runs),
    })),
  };
}

/** From the middle of one side to the middle of the other, round what stands in between. */
function wayOf({ from, to }: Edge, points: readonly Point[], boxes: ReadonlyMap<Address, Box>, runs: Drawing['runs']) {
  const [start, end] = [boxes.get(from), boxes.get(to)] as [Box, Box];
  const bends = points.slice(1, -1).map(placeOf);
  return [sideOf(start, 1, runs), ...bends, sideOf(end, -1, runs)];
}

const sideOf = ({ x, y, width, height }: Box, side: 1 | -1, runs: Drawing['runs']): Point =>
  runs === 'down' ? { x, y: y + side * Math.round(height / 2) } : { x: x + side * Math.round(width / 2), y };

/** Whole numbers, so that no machine spells them in another way. */
const placeOf = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) });

function sizeOf(node: Node, most: number): Omit<Box, 'x' | 'y'> {
  const over = node.state ? `${node.kind} · ${signs[node.state]} ${node.state}` : node.kind;
  const lines = linesOf(shown(node.name), letters.name, most);
  const text = Math.max(widthOf(over, letters.kind), ...lines.map(line => widthOf(line, letters.name)));
  return {
    ...node,
    over,
    lines,
    width: Math.ceil(text) + 2 * room.side,
    height: letters.kind + lines.length * letters.line + 2 * room.top,
  };
}
