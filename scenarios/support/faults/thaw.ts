import { docker } from '../project.ts';

/** Thaws the container that is named. One that is not frozen, or gone, is left as it is. */
const [, , id = ''] = process.argv;
await docker
  .getContainer(id)
  .unpause()
  .catch(error => {
    if (![404, 409, 500].includes(error.statusCode)) throw error;
  });
