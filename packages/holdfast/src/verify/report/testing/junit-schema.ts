import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { validateXML } from 'xmllint-wasm';

const at = dirname(createRequire(import.meta.url).resolve('jest-junit-reporter/package.json'));
const schema = readFileSync(join(at, 'src/__tests__/fixtures/junit.xsd'), 'utf8');

/** What came to the format after its schema, and is taken by all who read it. */
export const asInTheSchema = (xml: string): string =>
  xml
    .replaceAll(/<skipped [^>]*\/>/g, '')
    .replaceAll(/<testsuites [^>]*?(\/?)>/g, '<testsuites$1>')
    .replaceAll(/(<testsuite [^>]*) skipped="\d+"/g, '$1')
    .replaceAll(/(<testcase [^>]*) file="[^"]*" line="\d+"/g, '$1');

/** What Ant's schema has against documents. */
export const errorsIn = async (...documents: readonly string[]): Promise<readonly string[]> => {
  const xml = documents.map((contents, at) => ({ fileName: `${at}.xml`, contents }));
  const { errors } = await validateXML({ xml, schema });
  return errors.map(({ rawMessage }) => rawMessage);
};
