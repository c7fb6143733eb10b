import { expect, test } from 'vitest';
import { image } from '../../../model/image.ts';
import { network } from '../../../model/network.ts';
import { service } from '../../../model/service.ts';
import { system } from '../../../model/system.ts';
import { job } from '../../../model/task.ts';
import { usualCapabilities } from '../../../ports/capabilities.ts';
import { capabilitiesOf } from './capabilities.ts';

const model = system('shop', () => {
  const lan = network('lan');
  const [web, plain] = [image('web', { archive: './a.tar' }), image('plain', { archive: './b.tar' })];
  image('tool', { archive: './c.tar' });
  service('web', { image: web, network: lan, capabilities: ['SETUID', 'CAP_CHOWN'] });
  job('dump', { image: web, network: lan, capabilities: ['CHOWN'] });
  service('plain', { image: plain, network: lan });
});

test('an image is tried with what those that run it are given, or with what is usual where nobody does', () => {
  expect(capabilitiesOf(model, 'image/web')).toEqual(['CHOWN', 'SETUID']);
  expect(capabilitiesOf(model, 'image/plain')).toEqual([]);
  expect(capabilitiesOf(model, 'image/tool')).toEqual(usualCapabilities);
});
