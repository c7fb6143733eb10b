import type { Link } from '../chain.ts';
import type { SignedHead } from '../signer.ts';
import { linkColumns, valuesOf } from '../store/rows.ts';
import type { Store } from './store.ts';

export const insertLink = (store: Pick<Store, 'prepare'>, link: Link): unknown =>
  store
    .prepare(`insert into facts (${linkColumns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    .run(...valuesOf(link));

export const insertHead = (store: Store, { seq, hash, at, key, signature }: SignedHead): unknown =>
  store
    .prepare('insert into heads (seq, hash, at, key, signature) values (?, ?, ?, ?, ?)')
    .run(seq, hash, at, key, signature);
