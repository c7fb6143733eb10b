// expect: 8:55 | migration "schema" → every is not known here | silently without effect | remove `every`
import { image, migration, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  // @ts-expect-error
  service('web', { image: base, network: lan, before: migration('schema', { command: ['m'], every: '1h' }) });
});
