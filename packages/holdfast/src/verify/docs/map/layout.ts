import { Graph as Dagre, layout } from '@dagrejs/dagre';
import { signs } from '../page/inline.ts';
import { shown } from '../page/text.ts';
import type { Edge, Graph, Node } from './graph.ts';
import { linesOf, widthOf } from './label.ts';

/** In the units of the picture. */
export const letters = { kind: 11, name: 14, line: 18 } as const;
const room = { widest: 210, side: 14, top: 10 } as const;

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
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly ways: readonly Way[];
}

/** Gives each node and each edge its place; what depends stands above what it depends on. Pure. */
export function drawingOf({ nodes, edges }: Graph): Drawing {
  const dagre = new Dagre();
  dagre.setGraph({ rankdir: 'TB', nodesep: 24, ranksep: 46, edgesep: 12, marginx: 6, marginy: 6 });
  const sized = nodes.map(sizeOf);
  for (const node of sized) dagre.setNode(node.of, { width: node.width, height: node.height });
  for (const { from, to } of edges) dagre.setEdge(from, to, {});
  layout(dagre);
  const { width = 0, height = 0 } = dagre.graph();
  return {
    width: Math.ceil(Math.max(width, 1)),
    height: Math.ceil(Math.max(height, 1)),
    boxes: sized.map(node => ({ ...node, ...placeOf(dagre.node(node.of)) })),
    ways: edges.map(edge => ({ ...edge, points: (dagre.edge(edge.from, edge.to).points as Point[]).map(placeOf) })),
  };
}

/** Whole numbers, so that no machine spells them in another way. */
const placeOf = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) });

function sizeOf(node: Node): Omit<Box, 'x' | 'y'> {
  const over = node.state ? `${node.kind} · ${signs[node.state]} ${node.state}` : node.kind;
  const lines = linesOf(shown(node.name), letters.name, room.widest);
  const widest = Math.max(widthOf(over, letters.kind), ...lines.map(line => widthOf(line, letters.name)));
  return {
    ...node,
    over,
    lines,
    width: Math.ceil(widest) + 2 * room.side,
    height: letters.kind + lines.length * letters.line + 2 * room.top,
  };
}
