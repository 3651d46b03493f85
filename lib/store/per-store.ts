import type { PrismaClient } from "./generated/client";

/** What a process keeps beside a store, made when it is first asked for and gone with the store. */
export function perStore<Kept>(make: (db: PrismaClient) => Kept): (db: PrismaClient) => Kept {
  const byStore = new WeakMap<PrismaClient, { kept: Kept }>();
  return (db) => {
    let known = byStore.get(db);
    if (known === undefined) {
      known = { kept: make(db) };
      byStore.set(db, known);
    }
    return known.kept;
  };
}
