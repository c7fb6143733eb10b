import { connectDocker } from '../host/connect.ts';
import { dockerWorkshop } from '../workshop/workshop.ts';
import { smallDebian } from './small-debian.ts';

/** Begins a work that takes long, and says when it is under way: to be killed in the middle. */
const [, , scratch = '.'] = process.argv;
await dockerWorkshop(await connectDocker()).work(
  {
    about: 'long work',
    layers: [],
    fresh: smallDebian(),
    command: ['sh', '-c', 'echo begun; sleep 600'],
    env: {},
    user: 'root',
    workdir: '/',
    network: false,
    scratch,
    onOutput: line => process.stdout.write(`${line}\n`),
  },
  new AbortController().signal,
);
