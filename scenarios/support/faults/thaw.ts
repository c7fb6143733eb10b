import { docker } from '../project.ts';

/** Thaws the container that is named. One that is not frozen, or gone, is left as it is. */
const [, , id = ''] = process.argv;
const container = docker.getContainer(id);
const frozen = await container.inspect().then(
  ({ State }) => State.Paused,
  error => {
    if (error.statusCode === 404) return false;
    throw error;
  },
);
if (frozen) await container.unpause();
