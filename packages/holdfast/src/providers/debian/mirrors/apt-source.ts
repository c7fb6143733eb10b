import { type Stanza, stanzas } from './deb822.ts';

/** What apt is told of one archive, as far as it matters here (sources.list(5)). */
export interface AptSource {
  readonly uri: string;
  readonly suites: readonly string[];
  /** File names, fingerprints or a key itself; empty where none is given. */
  readonly signedBy: string;
}

/** A file in the format of one line for each source. */
export const oneLineSources = (text: string): readonly AptSource[] => text.split(/\r?\n/).flatMap(oneLine);

/** `deb [option=value …] uri suite component …` */
const form = /^\s*deb\s+(?:\[([^\]]*)\]\s*)?(\S+)\s+(\S+)/;

function oneLine(line: string): readonly AptSource[] {
  const [, options = '', uri, suite] = form.exec(line.replace(/#.*/, '')) ?? [];
  if (!uri || !suite) return [];
  return [{ uri, suites: [suite], signedBy: /(?:^|\s)signed-by=(\S+)/i.exec(options)?.[1] ?? '' }];
}

/** A file in the format of paragraphs. */
export const paragraphSources = (text: string): readonly AptSource[] =>
  stanzas(text).filter(isInUse).flatMap(paragraph);

const isInUse = (stanza: Stanza): boolean =>
  !/^(no|false|without|off|disable|0)$/i.test(stanza.get('enabled') ?? '') &&
  words(stanza.get('types')).includes('deb');

const paragraph = (stanza: Stanza): readonly AptSource[] =>
  words(stanza.get('uris')).map(uri => ({
    uri,
    suites: words(stanza.get('suites')),
    signedBy: stanza.get('signed-by') ?? '',
  }));

const words = (text = ''): readonly string[] => text.split(/\s+/).filter(Boolean);
