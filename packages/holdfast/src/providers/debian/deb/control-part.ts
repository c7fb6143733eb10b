import type { Source } from '../../../kit/source.ts';
import { entriesOf } from '../../../kit/tar/read.ts';
import { unsound } from './ar.ts';
import type { DebPackage } from './deb-package.ts';

/** The control part of a .deb: files, side by side, one of which is `control`. Their content shares the source's memory. */
export function controlOf(file: string, source: Source): Pick<DebPackage, 'control' | 'parts'> {
  const parts = new Map<string, Uint8Array>();
  for (const { path, type, content = new Uint8Array() } of entriesOf(source)) {
    const isPart = type === 'file' && !path.includes('/') && !parts.has(path) && content instanceof Uint8Array;
    if (!isPart)
      throw unsound({ name: file }, `its control part has ${JSON.stringify(path)}, a ${type}, or has it twice`);
    parts.set(path, content);
  }
  const control = parts.get('control');
  if (!control) throw unsound({ name: file }, 'its control part has no control file');
  parts.delete('control');
  return { control: Buffer.from(control).toString(), parts };
}
