import { closeSync, openSync, readSync } from 'node:fs';

/** Files to read parts of. Only the last few stay open: a tree may have its content in thousands. */
export interface OpenFiles extends Disposable {
  /** As many bytes as there are, up to `length`. */
  read(file: string, offset: number, length: number): Buffer;
}

const most = 16;

export function openFiles(): OpenFiles {
  const handles = new Map<string, number>();
  const close = (file: string, handle: number): void => {
    handles.delete(file);
    closeSync(handle);
  };
  return {
    read(file, offset, length) {
      const handle = handles.get(file) ?? openSync(file, 'r');
      handles.delete(file);
      handles.set(file, handle);
      for (const [oldest, its] of handles) if (handles.size > most) close(oldest, its);
      const bytes = Buffer.allocUnsafe(length);
      return bytes.subarray(0, readSync(handle, bytes, 0, length, offset));
    },
    [Symbol.dispose]() {
      for (const [file, handle] of handles) close(file, handle);
    },
  };
}
