import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import PgBoss from "pg-boss";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { findPostgresPrograms, type PostgresServer, startPostgres } from "@/lib/store/local-postgres";
import { onOneConnection } from "@/lib/store/open-postgresql";
import { openStore } from "@/lib/store/open-store";

/** Bytes of BackendKeyData before the process: https://www.postgresql.org/docs/current/protocol-message-formats.html */
const KEY_DATA = Buffer.from([0x4b, 0, 0, 0, 12]);

/** What stands between as poolers do: the process that it names is its own. */
async function startPooler(port: number): Promise<{ port: number; stop: () => Promise<void> }> {
  const pooler = createServer((client) => {
    const upstream = connect(port, "127.0.0.1");
    client.pipe(upstream);
    upstream.on("data", (bytes) => {
      const at = bytes.indexOf(KEY_DATA);
      if (at >= 0) bytes.writeInt32BE(4_711, at + KEY_DATA.length);
      client.write(bytes);
    });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const)
      one.on("close", () => other.destroy()).on("error", () => other.destroy());
  });
  pooler.listen(0, "127.0.0.1");
  await once(pooler, "listening");
  return {
    port: (pooler.address() as AddressInfo).port,
    stop: async () => {
      pooler.close();
      await once(pooler, "close");
    },
  };
}

const programs = findPostgresPrograms();
const folder = tmpdir();

test("a server that is not there is named, and the password is not", async () => {
  const databaseUrl = "postgresql://someone:hunter2@127.0.0.1:1/store";
  const failure = await openStore({ databaseUrl, folder }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ fields: { reason: "store_unreachable", params: { host: "127.0.0.1:1" } } });
  expect(JSON.stringify(failure) + String(failure)).not.toContain("hunter2");
});

if (programs !== null) {
  describe("on a PostgreSQL server", () => {
    let server: PostgresServer;

    beforeAll(async () => {
      server = await startPostgres(programs);
    }, 60_000);

    afterAll(async () => {
      await server.stop();
    });

    test("several starters at once migrate the empty database exactly once", async () => {
      const databaseUrl = await server.createDatabase("together");
      const stores = await Promise.all(Array.from({ length: 4 }, () => openStore({ databaseUrl, folder })));
      const [store] = stores;
      const applied = await store?.executeSql("SELECT migration_name FROM _prisma_migrations");
      const names = applied?.rows.map((row) => Reflect.get(Object(row), "migration_name"));
      expect(names).toEqual([...new Set(names)]);
      expect(names).toContain("0001_init");
      await Promise.all(stores.map((each) => each.close()));
    });

    test("a statement that comes again is prepared once; never behind a pooler, which may give it to another server", async () => {
      const databaseUrl = await server.createDatabase("prepared");
      const pooler = await startPooler(Number(new URL(databaseUrl).port));
      const pooled = new URL(databaseUrl);
      pooled.port = String(pooler.port);
      const preparedOf = async (url: string) => {
        const store = await openStore({ databaseUrl: url, folder });
        const count = await store.db.$transaction(async (tx) => {
          for (let n = 0; n < 9; n += 1) await tx.migration.findUnique({ where: { id: `m${n}` } });
          const [row] = await tx.$queryRaw<{ kept: number }[]>`
            SELECT count(*)::int AS kept FROM pg_prepared_statements WHERE name <> ''`;
          return row?.kept;
        });
        await store.close();
        return count;
      };
      expect(await preparedOf(databaseUrl)).toBe(1);
      expect(await preparedOf(pooled.href)).toBe(0);
      await pooler.stop();
    });

    test("rows come back as they went in, and Prisma's error codes are those of the embedded store", async () => {
      const store = await openStore({ databaseUrl: await server.createDatabase("rows"), folder });
      const at = new Date("2026-03-01T00:00:00.123Z");
      const draft = { text: "数据库", list: [1, null, { deep: true }] };
      const row = {
        id: "m1",
        name: "shop",
        status: "draft",
        phase: "draft",
        draft,
        createdBy: "p",
        startedAt: at,
      };
      await store.db.migration.create({ data: row });
      expect(await store.db.migration.findUniqueOrThrow({ where: { id: "m1" } })).toMatchObject(row);
      await expect(store.db.migration.create({ data: row })).rejects.toMatchObject({ code: "P2002" });
      const orphan = { migrationId: "none", seq: 1, type: "x", payload: {}, actor: "p", at };
      await expect(store.db.migrationEvent.create({ data: orphan })).rejects.toMatchObject({ code: "P2003" });
      await store.close();
    });

    test("a statement that fails leaves its connection and what was begun on it", async () => {
      const databaseUrl = await server.createDatabase("failing");
      const made = await onOneConnection(databaseUrl, async ({ run }) => {
        await run("BEGIN; CREATE TABLE made (n int); SAVEPOINT question");
        await expect(run("SELECT * FROM missing")).rejects.toThrow('"missing" does not exist');
        await run("ROLLBACK TO SAVEPOINT question");
        return run("SELECT count(*)::int AS rows FROM made");
      });
      expect(made).toEqual([{ rows: 0 }]);
    });

    test("what was begun on a connection that is lost is not ended on another, as if it were there", async () => {
      const databaseUrl = await server.createDatabase("lost");
      const losing = onOneConnection(databaseUrl, async ({ run }) => {
        await run("BEGIN");
        const [row] = await run("SELECT pg_backend_pid() AS pid");
        const pid = Number(Reflect.get(Object(row), "pid"));
        await onOneConnection(databaseUrl, async (other) => {
          await other.run(`SELECT pg_terminate_backend(${pid})`);
          const gone = () => other.run(`SELECT 1 FROM pg_stat_activity WHERE pid = ${pid}`);
          await vi.waitFor(async () => expect(await gone()).toEqual([]));
        });
        // Its end has come by the time in which another has been connected and asked.
        await onOneConnection(databaseUrl, (other) => other.run("SELECT 1"));
        await run("COMMIT");
      });
      await expect(losing).rejects.toThrow(/lost in the middle|terminating connection/);
    });

    test("a store that a newer version migrated is refused by name", async () => {
      const databaseUrl = await server.createDatabase("newer");
      const store = await openStore({ databaseUrl, folder });
      await store.executeSql(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
         VALUES ($1, $2, $3, now(), 1)`,
        ["x", "x", "9999_later"],
      );
      await store.close();
      await expect(openStore({ databaseUrl, folder })).rejects.toMatchObject({
        fields: { reason: "store_newer", params: { migrations: "9999_later" } },
      });
    });

    test("pg-boss runs on executeSql", async () => {
      const store = await openStore({ databaseUrl: await server.createDatabase("boss"), folder });
      await expectBossToRun(store.executeSql);
      await store.close();
    });
  });
}

async function expectBossToRun(executeSql: PgBoss.Db["executeSql"]): Promise<void> {
  const boss = new PgBoss({ db: { executeSql } });
  await boss.start();
  await boss.createQueue("wake");
  await boss.send("wake", { id: "s1" });
  expect(await boss.fetch("wake")).toMatchObject([{ data: { id: "s1" } }]);
  await boss.stop({ graceful: false });
}
