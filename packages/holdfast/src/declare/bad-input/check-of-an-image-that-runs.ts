// expect: 5:60 | a check of an image has no process | it has file, directory | use one of these
import { check, image, system } from 'holdfast';

export default system('shop', env => {
  check(image('base', { archive: './base.tar' }), it => it.process('node').runs());
});
