// expect: 5:72 | a subject of type file has no isOwndBy | it has exists, isFile | did you mean .isOwnedBy(…)
import { check, image, system } from 'holdfast';

export default system('shop', env => {
  check(image('base', { archive: './base.tar' }), it => it.file('/app').isOwndBy('root'));
});
