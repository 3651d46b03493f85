import type { PGlite, Transaction as PGliteTransaction } from "@electric-sql/pglite";
import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  Transaction,
} from "@prisma/driver-adapter-utils";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { throwDriverAdapterError } from "@/lib/store/driver-adapter-error";
import { PreparedQueries } from "@/lib/store/prepared-queries";

/**
 * Prisma over PGlite. `pglite-prisma-adapter` maps queries and types; two of its habits would lose data and are
 * replaced here: it swallows a failing COMMIT, and does not await scripts (a bad migration would count as applied).
 * Its queries go through `PreparedQueries`.
 */
export class PGliteAdapterFactory implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = "postgres";
  readonly adapterName = "pglite";
  readonly #pglite: PGlite;
  readonly #queries: PreparedQueries;

  constructor(pglite: PGlite, queries = new PreparedQueries(pglite)) {
    this.#pglite = pglite;
    this.#queries = queries;
  }

  async connect(): Promise<SqlDriverAdapter> {
    const pglite = this.#pglite;
    const queries = this.#queries;
    const inner = await new PrismaPGlite(withQuery(pglite, (...query) => queries.query(...query))).connect();
    return {
      provider: this.provider,
      adapterName: this.adapterName,
      queryRaw: (query) => inner.queryRaw(query),
      executeRaw: (query) => inner.executeRaw(query),
      executeScript: async (script) => {
        queries.forget();
        await pglite.exec(script).catch(throwDriverAdapterError);
      },
      // The isolation level is left out: on one connection transactions are serial whatever it says.
      startTransaction: () => startTransaction(pglite, queries),
      getConnectionInfo: () => ({ supportsRelationJoins: true }),
      dispose: () => Promise.resolve(),
    };
  }

  connectToShadowDb(): Promise<SqlDriverAdapter> {
    return Promise.reject(
      new Error("There is no shadow database: migrations are compared on an empty store"),
    );
  }
}

/** Has the connection to itself until `commit` or `rollback`. */
async function startTransaction(pglite: PGlite, queries: PreparedQueries): Promise<Transaction> {
  let end: () => void = () => undefined;
  const ending = new Promise<void>((resolve) => {
    end = resolve;
  });
  let ended: Promise<void> = Promise.resolve();
  const tx = await new Promise<PGliteTransaction>((resolve, reject) => {
    ended = pglite.transaction(async (begun) => {
      resolve(begun);
      await ending;
    });
    ended.catch(reject);
  });
  const inner = await new PrismaPGlite(
    withQuery(pglite, async (...query) => {
      if (tx.closed) throw new Error("This transaction has ended");
      return queries.queryWithin(...query);
    }),
  ).connect();
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    // PGlite sends BEGIN and COMMIT itself; Prisma is told to send none.
    options: { usePhantomQuery: true },
    queryRaw: (query) => inner.queryRaw(query),
    executeRaw: (query) => inner.executeRaw(query),
    commit: async () => {
      end();
      await ended.catch(throwDriverAdapterError);
    },
    rollback: async () => {
      await tx.rollback();
      end();
      await ended;
    },
  };
}

/** The connection with another `query`, which is all that the adapter's queries use. */
function withQuery(pglite: PGlite, query: PreparedQueries["query"]): PGlite {
  return new Proxy(pglite, {
    get: (connection, name): unknown => (name === "query" ? query : Reflect.get(connection, name)),
  });
}
