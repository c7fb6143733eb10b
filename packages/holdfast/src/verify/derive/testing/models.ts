import * as fc from 'fast-check';
import type { Reach } from '../../../model/reached.ts';
import type { KnownResource } from '../../../model/resource.ts';
import type { ImageSpec } from '../../../model/spec/image-spec.ts';
import type { ImageConfig, StepSpec } from '../../../model/spec/recipe.ts';
import type { FileSpec, ProbeSpec, ServiceSpec } from '../../../model/spec/service-spec.ts';
import type { SystemModel } from '../../../model/system-model.ts';
import type { Value } from '../../../model/value.ts';
import type { ReleasedImage, ReleasedImages } from '../released.ts';

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/);
const variable = fc.stringMatching(/^[A-Z][A-Z_]{0,7}$/);
const path = fc.array(word, { minLength: 1, maxLength: 3 }).map(parts => `/${parts.join('/')}`);
const port = fc.integer({ min: 1, max: 65_535 });
const user = fc.oneof(
  fc.constantFrom('root', '0', '0:0', 'app:app'),
  word,
  fc.tuple(fc.nat(9_999), fc.nat(9_999)).map(ids => ids.join(':')),
);

const plain = fc.oneof(fc.string(), fc.constantFrom('', 'production', 'a=b'));
const value: fc.Arbitrary<Value> = fc.oneof(
  plain,
  fc.constant<Value>({ $secret: 'key' }),
  fc.constant<Value>({ $ref: { of: 'service/db', what: 'host' } }),
  fc.array(plain, { maxLength: 3 }).map((parts): Value => ({ $text: parts })),
  plain.map((text): Value => ({ $text: [text, { $secret: 'key' }] })),
);

const timing = { interval: 1_000, timeout: 2_000, within: 60_000 };
const probe: fc.Arbitrary<ProbeSpec> = fc.oneof(
  fc.record({
    type: fc.constant('http' as const),
    port,
    path: path,
    status: fc.constantFrom([200], [200, 204]),
    timing: fc.constant(timing),
  }),
  fc.record({ type: fc.constant('tcp' as const), port, timing: fc.constant(timing) }),
  fc.record({ type: fc.constant('command' as const), command: fc.constant(['well']), timing: fc.constant(timing) }),
);

const file: fc.Arbitrary<FileSpec> = fc.record({
  content: value,
  mode: fc.constantFrom('0400', '0444', '0755'),
  owner: fc.constantFrom('0:0', '999:999'),
});

const capabilities = fc.subarray(['CHOWN', 'NET_BIND_SERVICE', 'SETUID']);

const optional = <T, K extends string>(key: K, of: fc.Arbitrary<T>): fc.Arbitrary<{ readonly [k in K]?: T }> =>
  fc.option(of, { nil: undefined }).map(one => (one === undefined ? {} : { [key]: one }) as { readonly [k in K]?: T });

const config: fc.Arbitrary<ImageConfig> = fc
  .tuple(optional('user', user), fc.dictionary(variable, plain, { maxKeys: 3 }))
  .map(([who, env]) => ({ ...who, env, labels: {}, ports: [] }));

const step: fc.Arbitrary<StepSpec> = fc.oneof(
  fc.array(word, { maxLength: 3 }).map((all): StepSpec => ({ do: 'packages', packages: all, exclude: [] })),
  fc.record({
    do: fc.constant('user' as const),
    name: word,
    uid: fc.integer({ min: 1, max: 60_000 }),
    home: path,
    shell: path,
  }),
);

const imageSpec: fc.Arbitrary<ImageSpec> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<ImageSpec>({ source: { from: 'archive', path: 'base.tar' } }) },
  {
    weight: 4,
    arbitrary: fc.record({
      source: fc.record({
        from: fc.constant('recipe' as const),
        base: fc
          .array(word, { maxLength: 3 })
          .map(packages => ({ suite: 'bookworm', set: 'essential' as const, packages, exclude: [] })),
        steps: fc.array(step, { maxLength: 4 }),
        config,
      }),
    }),
  },
);

const serviceSpec = (images: readonly string[]): fc.Arbitrary<ServiceSpec> =>
  fc
    .tuple(
      fc.record({
        image: fc.constantFrom(...images).map(name => `image/${name}` as const),
        ports: fc.dictionary(word, port, { maxKeys: 3 }),
        env: fc.dictionary(variable, value, { maxKeys: 4 }),
        files: fc.dictionary(path, file, { maxKeys: 3 }),
        mounts: fc.dictionary(path, fc.constant('volume/data' as const), { maxKeys: 2 }),
        readOnly: fc.boolean(),
        capabilities,
      }),
      fc.tuple(
        optional('memory', fc.integer({ min: 1, max: 2 ** 40 })),
        optional('cpu', fc.integer({ min: 1, max: 64_000 })),
      ),
      fc.integer({ min: 1, max: 4_096 }),
      optional('user', user),
      fc.tuple(
        optional('health', probe),
        optional('reaches', fc.constantFrom<readonly Reach[]>(['engine'], ['journal'], ['engine', 'journal'])),
      ),
    )
    .map(([run, [memory, cpu], processes, who, [health, reaches]]) => ({
      ...rest,
      ...run,
      ...who,
      ...health,
      ...reaches,
      limits: { ...memory, ...cpu, processes },
    }));

const rest = {
  networks: ['network/lan'],
  replicas: 1,
  publish: [],
  aliases: [],
  restart: 'always',
  stopGrace: 10_000,
  before: [],
} as const;

const resource = <K extends KnownResource['kind']>(kind: K, name: string, spec: unknown) =>
  ({ kind, name, engine: 'default', spec, needs: [] }) as unknown as KnownResource;

const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map(hex => `sha256:${hex}`);

/** An image may be known by what it was declared as, or by more. */
const releasedAs = ({ source }: ImageSpec): fc.Arbitrary<ReleasedImage> => {
  const named = source.from === 'recipe' ? [...source.base.packages, ...source.steps.flatMap(packagesOf)] : [];
  const locked = fc.subarray(named).map(names => Object.fromEntries(names.map(name => [name, '1.2.3-4+deb12u1'])));
  return fc
    .tuple(
      optional('digest', digest),
      optional('startedFrom', digest),
      optional('packages', locked),
      optional('config', config),
    )
    .map(parts => Object.assign({}, ...parts));
};

const packagesOf = (one: StepSpec): readonly string[] => (one.do === 'packages' ? one.packages : []);

export interface Declared {
  readonly model: SystemModel;
  readonly released: ReleasedImages;
}

/** Systems of some images and services, and what came of the images. */
export const declared: fc.Arbitrary<Declared> = fc
  .dictionary(word, imageSpec, { minKeys: 1, maxKeys: 3, noNullPrototype: true })
  .chain(images =>
    fc.record({
      images: fc.constant(images),
      services: fc.dictionary(word, serviceSpec(Object.keys(images)), { maxKeys: 3, noNullPrototype: true }),
      released: fc.tuple(
        ...Object.entries(images).map(([name, spec]) => releasedAs(spec).map(one => [`image/${name}`, one] as const)),
      ),
    }),
  )
  .map(({ images, services, released }) => ({
    model: {
      format: 1,
      name: 'any',
      environment: 'local',
      resources: [
        ...Object.entries(images).map(([name, spec]) => resource('image', name, spec)),
        ...Object.entries(services).map(([name, spec]) => resource('service', name, spec)),
      ],
    },
    released: Object.fromEntries(released),
  }));
