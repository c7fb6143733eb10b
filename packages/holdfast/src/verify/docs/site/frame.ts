import type { Address } from '../../../model/address.ts';
import { addressOf, isKnown, type Resource } from '../../../model/resource.ts';
import type { SystemModel } from '../../../model/system-model.ts';
import { inHtml } from '../page/text.ts';

export interface Framed {
  readonly model: SystemModel;
  readonly title: string;
  /** What the page is about; absent for the first one. */
  readonly of?: Address;
  readonly main: string;
  /** The fingerprint of the parts of the model. */
  readonly fingerprint: string;
  /** From this page to others, by address; without one, to the first. */
  readonly page: (of?: Address) => string;
  readonly style: string;
}

/** The whole page around what is in its middle. Needs no script, and no server. */
export function framed({ model, title, main, fingerprint, page, style, of }: Framed): string {
  const name = inHtml(model.name);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${of === undefined ? name : `${inHtml(title)} · ${name}`}</title>
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="${style}">
</head>
<body>
<a class="skip" href="#main">Skip to what it says</a>
<header>
<a class="system" href="${page()}"${of === undefined ? ' aria-current="page"' : ''}>${name}</a>
<span class="environment">${inHtml(model.environment)}</span>
<a class="all" href="#pages">All pages</a>
</header>
<div class="frame">
<main id="main" tabindex="-1">
${main}
</main>
<nav id="pages" aria-label="All pages">
${navigation(model, of, page)}
</nav>
</div>
<footer>
<p>holdfast: model sha256:${fingerprint}</p>
</footer>
</body>
</html>
`;
}

/** In the order in which people ask. */
const order = [
  ['promise', 'Promises'],
  ['team', 'Teams'],
  ['service', 'Services'],
  ['routes', 'Routes'],
  ['migration', 'Migrations'],
  ['job', 'Jobs'],
  ['volume', 'Volumes'],
  ['database', 'Databases'],
  ['role', 'Roles'],
  ['extension', 'Extensions'],
  ['upstream', 'Upstreams'],
  ['image', 'Images'],
  ['check', 'Checks'],
  ['network', 'Networks'],
  ['secret', 'Secrets'],
] as const;

function navigation({ resources }: SystemModel, of: Address | undefined, page: Framed['page']): string {
  const byKind = Map.groupBy(resources, ({ kind }) => kind);
  const names = new Map<string, string>(order);
  const kinds = [...names.keys(), ...[...byKind.keys()].filter(kind => !names.has(kind))].filter(kind =>
    byKind.has(kind),
  );
  return kinds
    .flatMap(kind => [
      `<h2>${inHtml(names.get(kind) ?? kind)}</h2>`,
      '<ul>',
      ...(byKind.get(kind) ?? []).map(resource => entry(resource, of, page)),
      '</ul>',
    ])
    .join('\n');
}

function entry(resource: Resource, of: Address | undefined, page: Framed['page']): string {
  const here = addressOf(resource);
  const text = isKnown('promise')(resource) ? resource.spec.sentence : resource.name;
  return `<li><a href="${page(here)}"${here === of ? ' aria-current="page"' : ''}>${inHtml(text)}</a></li>`;
}
