import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { programFor } from '../program.ts';
import { plain } from '../show/screen.ts';
import { bash } from './bash.ts';
import { fish } from './fish.ts';
import { wordsOf } from './words.ts';
import { zsh } from './zsh.ts';

const words = wordsOf(programFor(async () => {}, {}, plain));

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;

/** What bash offers for a line whose last word is being typed. */
function offered(...line: string[]): readonly string[] {
  const script = `${bash(words)}
    COMP_WORDS=(${line.map(word => `'${word}'`).join(' ')}); COMP_CWORD=${line.length - 1}
    _holdfast; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

describe('completion', () => {
  test.skipIf(!has('bash'))('bash offers verbs, then their options and what may stand behind them', () => {
    expect(offered('holdfast', 'st')).toEqual(['status']);
    expect(offered('holdfast', '--env', 'local', 'up', '--pl')).toEqual(['--plan']);
    expect(offered('holdfast', 'down', '--da')).toEqual(['--data']);
    expect(offered('holdfast', 'plan', '--da')).toEqual([]);
    expect(offered('holdfast', 'completion', 'z')).toEqual(['zsh']);
    expect(offered('holdfast', 'journal', 'ver')).toContain('verify');
    expect(offered('holdfast', 'image', 'di')).toEqual(['diff']);
    expect(offered('holdfast', 'image', 'show', '--sb')).toEqual(['--sbom']);
    expect(offered('holdfast', 'help', 'roll')).toEqual(['rollback']);
    expect(offered('holdfast', '--env', '')).toEqual([]);
  });

  test.skipIf(!has('bash'))('bash offers files where a file is meant', () => {
    expect(offered('holdfast', 'plan', '--out', 'package.js')).toEqual(['package.json']);
  });

  test.skipIf(!has('zsh'))('zsh reads its script', () => {
    execFileSync('zsh', ['-n'], { input: zsh(words) });
  });

  test.skipIf(!has('fish'))('fish reads its script', () => {
    execFileSync('fish', ['-n'], { input: fish(words) });
  });

  test('each script names every verb and every option', () => {
    for (const script of [bash(words), zsh(words), fish(words)])
      for (const { name, options } of words.verbs) {
        expect(script).toContain(name);
        for (const option of options) expect(script).toContain(option.name.slice(2));
      }
  });

  test('quotes in help texts end nothing', () => {
    const odd = { ...words, verbs: [{ name: 'odd', does: "it's [odd]: yes", options: [], operands: [] }] };
    expect(zsh(odd)).toContain("it'\\''s");
    expect(fish(odd)).toContain("it\\'s");
  });
});
