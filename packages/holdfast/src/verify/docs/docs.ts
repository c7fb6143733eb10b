import { isKnown } from '../../model/resource.ts';
import { type DocFile, type DocsKnowledge, withoutFacts } from './knowledge.ts';
import { aloneStyle } from './map/style.ts';
import { svgOf } from './map/svg.ts';
import { htmlOf } from './page/html.ts';
import { markdownOf } from './page/markdown.ts';
import { mapIn, type Page } from './page/page.ts';
import { framed } from './site/frame.ts';
import { siteStyle } from './site/style.ts';
import { fingerprintOf, type Rests, restsOf } from './stamp/rests.ts';
import { stamped } from './stamp/stamp.ts';
import { type Around, aroundOf } from './tell/around.ts';
import { systemPage } from './tell/overview/system.ts';
import { promisePage } from './tell/promise.ts';
import { resourcePage } from './tell/resource.ts';

export interface Docs {
  /** For the repository: `README.md`, a page and a picture for each resource. */
  readonly markdown: readonly DocFile[];
  /** `index.html`, a page for each resource, one style. */
  readonly site: readonly DocFile[];
}

/** The documentation of a system. Pure: the same knowledge gives the same bytes. */
export function docsOf(knowledge: DocsKnowledge): Docs {
  const pages = pagesOf(aroundOf(knowledge));
  const bare = pagesOf(aroundOf(withoutFacts(knowledge)));
  const all = pages.map(
    (page, at): Written => ({ page, knowledge, rests: restsOf(bare[at] ?? page, knowledge.model) }),
  );
  return {
    markdown: all.flatMap(markdownFiles),
    site: [...all.map(siteFile), { path: 'style.css', text: stamp('style.css', siteStyle, knowledge, noRests) }],
  };
}

const pagesOf = (around: Around): readonly Page[] => [
  systemPage(around),
  ...around.model.resources.map(resource =>
    isKnown('promise')(resource) ? promisePage(resource, around) : resourcePage(resource, around),
  ),
];

interface Written {
  readonly page: Page;
  readonly knowledge: DocsKnowledge;
  readonly rests: Rests;
}

const noRests: Rests = { fields: {}, names: [], sections: {} };

function stamp(path: string, text: string, { model }: DocsKnowledge, rests: Rests): string {
  return stamped(path, text, { system: model.name, environment: model.environment, rests });
}

/** A page is called by its address, so that links hold and no two are the same. */
const pathOf = (of: string | undefined, first: string, ending: string): string =>
  of === undefined ? first : `${of}.${ending}`;

/** From a page, up to the folder that all are in. */
const up = ({ of }: Page): string => (of === undefined ? '' : '../');

function markdownFiles({ page, knowledge, rests }: Written): readonly DocFile[] {
  const [path, picture] = [pathOf(page.of, 'README.md', 'md'), pathOf(page.of, 'map.svg', 'svg')];
  const to = (of: string): string => `${up(page)}${of}.md`;
  const said = markdownOf(page, { page: to, picture: picture.slice(picture.lastIndexOf('/') + 1) });
  const text = `${said}\n---\n\nholdfast: model sha256:${fingerprintOf(rests)}\n\n`;
  const graph = mapIn(page);
  const drawn = graph && `${svgOf(graph, to, aloneStyle)}\n`;
  return [
    { path, text: stamp(path, text, knowledge, rests) },
    ...(drawn === undefined ? [] : [{ path: picture, text: stamp(picture, drawn, knowledge, rests) }]),
  ];
}

function siteFile({ page, knowledge, rests }: Written): DocFile {
  const path = pathOf(page.of, 'index.html', 'html');
  const to = (of?: string): string => `${up(page)}${pathOf(of, 'index.html', 'html')}`;
  const text = framed({
    model: knowledge.model,
    title: page.title,
    ...(page.of !== undefined && { of: page.of }),
    main: htmlOf(page, { page: to, picture: '' }),
    fingerprint: fingerprintOf(rests),
    page: to,
    style: `${up(page)}style.css`,
  });
  return { path, text: stamp(path, text, knowledge, rests) };
}
