import { callSite } from './declaration/call-site.ts';
import { spell } from './declaration/spell.ts';
import { wrong } from './declaration/wrong.ts';
import { isValueInput, Ref, toValue, type ValueInput } from './ref.ts';
import { isText, type Value } from './value.ts';

/**
 * Composes a text of parts that are known now, known later, or secret:
 * text`postgres://shop:${password}@${db.host}:5432/shop`.
 */
export function text(strings: TemplateStringsArray, ...inserted: readonly ValueInput[]): Ref<string> {
  inserted.forEach((value, index) => {
    if (!isValueInput(value)) throw notInsertable(value, index);
  });
  return new Ref(join(strings.flatMap((piece, index) => [piece, ...inserted.slice(index, index + 1).flatMap(pieces)])));
}

const pieces = (input: ValueInput): readonly Value[] => {
  const value = toValue(input);
  return isText(value) ? value.$text : [value];
};

/** Neighbouring plain parts become one, so that equal texts are equal values. */
function join(parts: readonly Value[]): Value {
  const joined: Value[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '') joined.push(part);
  }
  return joined.length > 1 ? { $text: joined } : (joined[0] ?? '');
}

const notInsertable = (value: unknown, index: number) =>
  wrong({
    what: `text\`…\` was given ${spell(value)} as its insertion ${index + 1}`,
    where: callSite(text),
    why: 'a text is made of texts, numbers, booleans, Refs and secrets',
    fix: 'insert what of it you mean, such as `db.host` in place of `db`',
  });
