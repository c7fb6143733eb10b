import { describe, expect, expectTypeOf, test } from 'vitest';
import { sentenceOf } from '../assertion/judge.ts';
import { type HostHandle, host, type OutsideHandle, outside } from '../check/target.ts';
import { type CheckTarget, check } from '../check.ts';
import { type ImageHandle, image } from '../image.ts';
import { network } from '../network.ts';
import { service } from '../service.ts';
import type { ServiceHandle } from '../service-handle.ts';
import { system } from '../system.ts';
import { resourcesOf } from '../system-model.ts';
import type { SubjectsOf } from './targets.ts';

type OfImage = SubjectsOf<ImageHandle>;
type OfService = SubjectsOf<ServiceHandle<'http' | 'metrics'>>;
type OfHost = SubjectsOf<HostHandle>;
type Outside = SubjectsOf<OutsideHandle>;

describe('what can be named, by its type', () => {
  test('outside is only what can be asked from there', () => {
    expectTypeOf<Outside>().not.toHaveProperty('file');
    expectTypeOf<keyof Outside>().toEqualTypeOf<'http' | 'tcp' | 'udp' | 'dns' | 'certificate' | 'latency'>();
  });

  test('of an image is what can be told before it runs', () => {
    expectTypeOf<OfImage>().not.toHaveProperty('process');
    expectTypeOf<OfImage>().not.toHaveProperty('container');
    expectTypeOf<OfImage>().not.toHaveProperty('log');
    expectTypeOf<OfImage>().not.toHaveProperty('postgres');
    expectTypeOf<ReturnType<OfImage['port']>>().not.toHaveProperty('isHeldBy');
    expectTypeOf<ReturnType<OfImage['http']>>().not.toHaveProperty('hasJson');
    expectTypeOf<ReturnType<OfImage['file']>>().not.toHaveProperty('eventually');
  });

  test('of a service are its ports by their names, and no others', () => {
    expectTypeOf<OfService['port']>().parameter(0).toEqualTypeOf<number | 'http' | 'metrics'>();
    expectTypeOf<OfService['http']>().parameter(0).toEqualTypeOf<number | 'http' | 'metrics'>();
    expectTypeOf<OfHost['port']>().parameter(0).toEqualTypeOf<number>();
    expectTypeOf<OfHost>().not.toHaveProperty('container');
  });

  test('matchers take what they compare with', () => {
    expectTypeOf<ReturnType<OfService['file']>['contains']>().parameters.toEqualTypeOf<[text: string | RegExp]>();
    expectTypeOf<ReturnType<OfService['file']>['exists']>().parameters.toEqualTypeOf<[]>();
    expectTypeOf<ReturnType<OfService['http']>['hasHeader']>().parameters.toEqualTypeOf<
      [name: string, value?: string | RegExp]
    >();
    expectTypeOf<ReturnType<OfService['http']>['answers']>().parameter(0).toEqualTypeOf<number | readonly number[]>();
  });

  test('time is given once, before what is said', () => {
    expectTypeOf<ReturnType<ReturnType<OfService['log']>['eventually']>>().not.toHaveProperty('eventually');
    expectTypeOf<ReturnType<ReturnType<OfService['log']>['hasLine']>>().not.toHaveProperty('eventually');
  });
});

function declared<T extends CheckTarget>(of: (web: ServiceHandle<'http'>) => T, say: (it: SubjectsOf<T>) => void) {
  const model = system('shop', () => {
    const base = image('base', { archive: './base.tar' });
    const web = service('web', { image: base, network: network('lan'), ports: { http: 8080 }, replicas: 1 });
    check(of(web), say);
  });
  const [one] = resourcesOf(model, 'check');
  if (!one) throw new Error('no check was declared');
  return { ...one, sentences: one.spec.assertions.map(sentenceOf) };
}

describe('a check', () => {
  test('of a service knows its ports by their names, and needs it', () => {
    const { sentences, ...one } = declared(
      web => web,
      it => {
        it.port('http').listensOn('0.0.0.0').isHeldBy('node');
        it.http('http', '/healthz', { headers: { accept: 'application/json' } })
          .answers(200)
          .hasJson('.status', 'ok');
        it.process('node').runsAs('app').not.runsTimes(2);
        it.container().isReadOnly().hasMemoryLimit('512MB');
        it.image().hasNoSecret();
        it.environment('NODE_ENV').hasValue('production');
        it.log()
          .eventually('1m')
          .hasLine(/listening/)
          .not.hasLine('ERROR');
      },
    );
    expect(one).toMatchObject({ name: 'web', needs: ['service/web'], spec: { target: 'service/web' } });
    expect(sentences).toEqual([
      'port 8080 listens on 0.0.0.0',
      'port 8080 is held by node',
      'GET /healthz with accept: application/json on port 8080 answers 200',
      'GET /healthz with accept: application/json on port 8080 says "ok" at .status of its JSON',
      'process node runs as app',
      'process node does not run 2 times',
      'the container has a read-only root',
      'the container may take no more memory than 512MB',
      'the image has no secret in it',
      'variable NODE_ENV is "production"',
      'the log has a line with /listening/ within 1m',
      'the log has no line with "ERROR" within 1m',
    ]);
  });

  test('of a host is on the engine that it is of', () => {
    const { sentences, ...one } = declared(
      () => host(),
      it => {
        it.disk('/').hasFree('10%');
        it.mount('/data').isOfType('ext4');
        it.unit('docker').isRunning().isEnabled();
        it.kernelParameter('net.ipv4.ip_forward').hasValue('1');
        it.firewall('INPUT').hasPolicy('drop');
        it.route('default').goesThrough('eth0');
        it.cron('root').runs('backup', '0 3 * * *');
        it.postgres.server({ port: 5433 }).isStandby();
        it.postgres.query('select count(*) from orders', { database: 'shop' }).not.returns(0);
      },
    );
    expect(one).toMatchObject({
      name: 'host-default',
      engine: 'default',
      needs: [],
      spec: { target: 'host/default' },
    });
    expect(sentences).toEqual([
      'the disk of / has at least 10% free',
      'what is at /data is of type ext4',
      'unit docker is running',
      'unit docker is enabled',
      'kernel parameter net.ipv4.ip_forward is 1',
      'chain INPUT of table filter has the policy drop',
      'the default route goes through eth0',
      'cron of root runs "backup" at 0 3 * * *',
      'PostgreSQL on port 5433 is a standby',
      '`select count(*) from orders` in database shop does not return 0',
    ]);
  });

  test('of the outside may name what is only known later', () => {
    let host: unknown;
    const { sentences, ...one } = declared(
      web => {
        host = web.host;
        return outside;
      },
      it => {
        it.http('https://shop.example/').answers(200).speaksTls('1.2');
        it.tcp(host as string, 8080).accepts();
        it.certificate('shop.example').hasDaysLeft(14).isFor('shop.example');
        it.dns('shop.example').resolvesTo('192.0.2.1');
        it.udp('ntp.example', 123, 'what time is it').replies();
        it.latency('https://shop.example/').isMostlyBelow('300ms');
      },
    );
    expect(one).toMatchObject({ name: 'outside', needs: ['service/web'], spec: { target: 'outside/system' } });
    expect(sentences).toEqual([
      'GET https://shop.example/ answers 200',
      'GET https://shop.example/ speaks TLS 1.2 or newer',
      'TCP port 8080 of {host of web} accepts connections',
      'the certificate of shop.example is valid for at least 14 more days',
      'the certificate of shop.example is for shop.example',
      'shop.example resolves to 192.0.2.1',
      'UDP port 123 of ntp.example, sent "what time is it", replies',
      'the latency of https://shop.example/ is below 300ms in 95 of 100 cases',
    ]);
  });
});
