import { expect, test } from 'vitest';
import { type Problem, Problems } from '../../../kit/problem.ts';
import { check } from '../../check.ts';
import { image } from '../../image.ts';
import { network } from '../../network.ts';
import { service } from '../../service.ts';
import type { ServiceSubjects } from '../../subjects/targets.ts';
import { system } from '../../system.ts';
import { resourcesOf } from '../../system-model.ts';
import { sentenceOf } from '../judge.ts';

const declared = (say: (it: ServiceSubjects<'http'>) => void) =>
  resourcesOf(
    system('shop', () => {
      const web = image('web', { archive: './web.tar' });
      check(service('web', { image: web, network: network('lan'), ports: { http: 8080 } }), say);
    }),
    'check',
  );

function problemOf(say: (it: ServiceSubjects<'http'>) => void): Problem | undefined {
  try {
    declared(say);
  } catch (error) {
    if (error instanceof Problems) return error.problems[0];
    throw error;
  }
  return undefined;
}

test('that there is nothing else reads as a sentence of the target', () => {
  const [one] = declared(it => {
    it.listening().only([8080, 'udp/53']);
    it.processes().runOnlyAs(['app', '10001']);
    it.mounts().none();
    it.container().hasOnlyCapabilities(['CHOWN']);
    it.image().hasNoStraySetId().hasNoWorldWritable();
  });
  expect(one?.spec.assertions.map(sentenceOf)).toEqual([
    'it listens on nothing but port 8080 and UDP port 53',
    'it runs as nobody but app and 10001',
    'it mounts nothing',
    'the container has no capability but CHOWN',
    'the image has no file with a set-id bit but those of its packages',
    'the image has no system path that everybody may write to',
  ]);
});

type Wrong = (it: ServiceSubjects<'http'>) => void;

test.each<[string, Wrong, string]>([
  ['no port', it => void it.listening().only([]), 'write it as in [8080'],
  ['a port twice', it => void it.listening().only([80, 80]), 'write it as in [8080'],
  ['a port that there is not', it => void it.listening().only([0]), 'write it as in [8080'],
  ['a protocol that there is not', it => void it.listening().only(['tcp/80' as never]), 'write it as in [8080'],
  ['nobody', it => void it.processes().runOnlyAs([]), "write it as in ['app']"],
  ['a name of two words', it => void it.processes().runOnlyAs(['the app']), "write it as in ['app']"],
  ['no path', it => void it.mounts().only([]), "write it as in ['/data']"],
  ['a relative path', it => void it.mounts().only(['data']), "write it as in ['/data']"],
  ['no capability', it => void it.container().hasOnlyCapabilities([]), "write it as in ['NET_BIND_SERVICE']"],
  ['what is no capability', it => void it.container().hasOnlyCapabilities(['chown']), "write it as in ['NET"],
])('%s is refused, with what to write', (_, say, fix) => {
  expect(problemOf(say)?.parts.fix).toContain(fix);
});
