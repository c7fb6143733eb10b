import type { Address } from '../../../model/address.ts';
import { inHtml } from '../page/text.ts';
import type { Graph } from './graph.ts';
import { type Box, drawingOf, letters, type Point, type Way } from './layout.ts';

/** The map as SVG: text that is text, links to pages, colours by classes. `style` for one that stands alone. */
export function svgOf(graph: Graph, page: (of: Address) => string, style?: string): string {
  const { width, height, boxes, ways } = drawingOf(graph);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group" aria-labelledby="map-title map-says">`,
    `<title id="map-title">${inHtml(graph.title)}</title>`,
    `<desc id="map-says">${inHtml(graph.description)}</desc>`,
    ...(style === undefined ? [] : [`<style>${style}</style>`]),
    ...ways.map(wayOf),
    ...boxes.map(box => boxOf(box, page)),
    '</svg>',
  ].join('\n');
}

function boxOf(box: Box, page: (of: Address) => string): string {
  const { x, y, width, height, kind, state, isSubject } = box;
  const [left, top] = [x - Math.round(width / 2), y - Math.round(height / 2)];
  const classes = [
    'node',
    ...(state ? [state] : []),
    ...(isSubject ? ['subject'] : []),
    ...(kind === 'upstream' ? ['outside'] : []),
  ];
  return [
    `<a class="${classes.join(' ')}" href="${inHtml(page(box.of))}">`,
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="${kind === 'promise' ? 14 : 5}"/>`,
    `<text class="over" x="${x}" y="${top + 19}">${inHtml(box.over)}</text>`,
    ...box.lines.map(
      (line, at) => `<text class="name" x="${x}" y="${top + 37 + at * letters.line}">${inHtml(line)}</text>`,
    ),
    '</a>',
  ].join('\n');
}

const wayOf = ({ points }: Way): string => {
  const [end = { x: 0, y: 0 }, before = end] = points.toReversed();
  return `<path class="way" d="${curve(points)}"/>\n<path class="tip" d="${tip(before, end)}"/>`;
};

/** Through the middles between the points, bent by the points: a line without corners. */
function curve(points: readonly Point[]): string {
  const [first = { x: 0, y: 0 }, ...rest] = points;
  const last = rest.at(-1) ?? first;
  const bends = rest.slice(0, -1).map((point, at) => `Q${spell(point)} ${spell(middle(point, rest[at + 1] ?? point))}`);
  return [`M${spell(first)}`, ...bends, `L${spell(last)}`].join(' ');
}

const middle = (a: Point, b: Point): Point => ({ x: Math.round((a.x + b.x) / 2), y: Math.round((a.y + b.y) / 2) });

const spell = ({ x, y }: Point): string => `${x} ${y}`;

/** The head of an arrow, in the direction in which the line comes in. */
function tip(from: Point, to: Point): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [along, across] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const corner = (side: number): Point => ({
    x: Math.round(to.x - 9 * along - side * 4 * across),
    y: Math.round(to.y - 9 * across + side * 4 * along),
  });
  return `M${spell(to)} L${spell(corner(1))} L${spell(corner(-1))} Z`;
}
