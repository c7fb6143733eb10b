import { closeSync, openSync, readSync } from 'node:fs';

/** Files to read parts of. Only the last few stay open: a tree may have its content in thousands. */
export interface OpenFiles extends Disposable {
  /** Fills the buffer with what stands in the file from there on. False where the file ends before. */
  fill(buffer: Buffer, file: string, offset: number): boolean;
}

const most = 16;

export function openFiles(): OpenFiles {
  const handles = new Map<string, number>();
  const close = (file: string, handle: number): void => {
    handles.delete(file);
    closeSync(handle);
  };
  return {
    fill(buffer, file, offset) {
      const handle = handles.get(file) ?? openSync(file, 'r');
      handles.delete(file);
      handles.set(file, handle);
      for (const [oldest, its] of handles) if (handles.size > most) close(oldest, its);
      let done = 0;
      for (let read = 1; read > 0 && done < buffer.length; done += read)
        read = readSync(handle, buffer, done, buffer.length - done, offset + done);
      return done === buffer.length;
    },
    [Symbol.dispose]() {
      for (const [file, handle] of handles) close(file, handle);
    },
  };
}
