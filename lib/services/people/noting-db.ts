import type { Ctx, Tx } from "@/lib/context/context";

type Db = Ctx["db"];
type Work = (tx: Tx) => Promise<unknown>;

export interface NotingDb {
  db: Db;
  /** Whether a transaction with the note has been committed. */
  isNoted(): boolean;
}

const WRITING = new Set([
  ...["create", "createMany", "createManyAndReturn", "update", "updateMany", "updateManyAndReturn"],
  ...["upsert", "delete", "deleteMany"],
]);

/**
 * The store for one call: the first transaction that it commits also holds `note`, and a single write goes through a transaction of
 * its own for that. So what is told and what tells it come about together, and no use case needs to think of it.
 */
export function notingDb(db: Db, note: (tx: Tx) => Promise<void>): NotingDb {
  let noted = false;
  const transaction = async (work: Work, options?: Parameters<Db["$transaction"]>[1]): Promise<unknown> => {
    if (noted) return db.$transaction(work, options);
    const result = await db.$transaction(async (tx) => {
      const value = await work(tx);
      await note(tx);
      return value;
    }, options);
    noted = true;
    return result;
  };
  const tableOf = (name: PropertyKey, table: object) =>
    new Proxy(table, {
      get: (target, method) => {
        const call: unknown = Reflect.get(target, method);
        if (typeof call !== "function" || typeof method !== "string" || !WRITING.has(method)) return call;
        return (args: unknown) =>
          transaction((tx) => {
            const inside: object = Reflect.get(tx, name);
            const write: (given: unknown) => Promise<unknown> = Reflect.get(inside, method);
            return write.call(inside, args);
          });
      },
    });
  const noting = new Proxy(db, {
    get: (target, name) => {
      if (name === "$transaction") return transaction;
      const value: unknown = Reflect.get(target, name);
      if (typeof value === "function") return value.bind(target);
      const isTable = typeof name === "string" && !/^[$_]/.test(name) && typeof value === "object";
      return isTable && value !== null ? tableOf(name, value) : value;
    },
  });
  return { db: noting, isNoted: () => noted };
}
