import { exitCode } from '../../../kit/problem.ts';
import { printJson, type Verb } from '../../call.ts';
import { amongImages } from '../../images/collection.ts';
import { listImages } from '../../images/listed.ts';
import type { ImageListOutput } from '../../output/image/list.ts';
import { imageListLines } from '../../show/image/list.ts';

/** The images of the system: declared, baked, sealed, released. */
export const list: Verb = call =>
  amongImages(call, async images => {
    const { name: system, environment } = images.model;
    const output: ImageListOutput = {
      system,
      environment,
      store: images.store,
      images: await listImages(images),
      doubts: images.doubts.map(problem => problem.toJSON()),
    };
    if (call.options.json) printJson(call, output);
    else call.out.print(imageListLines(output, call.outside.clock(), call.out.palette, call.out.width));
    return exitCode.kept;
  });
