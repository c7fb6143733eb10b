import type { Address } from '../../../model/address.ts';
import { inHtml } from '../page/text.ts';
import type { Graph } from './graph.ts';
import { type Box, type Drawing, drawingOf, letters, type Point, type Way } from './layout.ts';

/** The map as SVG: text that is text, links to pages, colours by classes. `style` for one that stands alone. */
export function svgOf(graph: Graph, page: (of: Address) => string, style?: string): string {
  const { runs, width, height, boxes, ways } = drawingOf(graph);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group" aria-labelledby="map-title map-says">`,
    `<title id="map-title">${inHtml(graph.title)}</title>`,
    `<desc id="map-says">${inHtml(graph.description)}</desc>`,
    ...(style === undefined ? [] : [`<style>${style}</style>`]),
    ...ways.map(way => wayOf(way, runs)),
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

const wayOf = ({ points }: Way, runs: Drawing['runs']): string =>
  `<path class="way" d="${curve(points, runs)}"/>\n<path class="tip" d="${tip(points.at(-1) as Point, runs)}"/>`;

/** From point to point, out and in along the way that the map runs: no corner, and no line along the side of a box. */
function curve([first, ...rest]: readonly Point[], runs: Drawing['runs']): string {
  let from = first as Point;
  const pieces = rest.map(to => {
    const [out, back] = runs === 'down' ? upright(from, to) : level(from, to);
    from = to;
    return `C${spell(out)} ${spell(back)} ${spell(to)}`;
  });
  return [`M${spell(first as Point)}`, ...pieces].join(' ');
}

function upright(from: Point, to: Point): readonly [Point, Point] {
  const y = Math.round((from.y + to.y) / 2);
  return [
    { x: from.x, y },
    { x: to.x, y },
  ];
}

function level(from: Point, to: Point): readonly [Point, Point] {
  const x = Math.round((from.x + to.x) / 2);
  return [
    { x, y: from.y },
    { x, y: to.y },
  ];
}

const spell = ({ x, y }: Point): string => `${x} ${y}`;

/** The head of an arrow. */
const tip = ({ x, y }: Point, runs: Drawing['runs']): string =>
  runs === 'down'
    ? `M${x} ${y} L${x - 4} ${y - 9} L${x + 4} ${y - 9} Z`
    : `M${x} ${y} L${x - 9} ${y - 4} L${x - 9} ${y + 4} Z`;
