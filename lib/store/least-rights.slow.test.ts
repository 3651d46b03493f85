import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appendAudit } from "./append-audit";
import { leastRightsSql, readRoleRights } from "./least-rights";
import { findPostgresPrograms, type PostgresServer, startPostgres } from "./local-postgres";
import { openPostgresql } from "./open-postgresql";
import type { Store } from "./store";

const programs = findPostgresPrograms();
const fact = {
  ...{ at: new Date(0), actorId: "a", actor: "a", role: "administrator", address: "", action: "try" },
  ...{ subject: "", outcome: "done" as const, detail: null, requestId: null },
};

describe.skipIf(programs === null)("on a PostgreSQL server", () => {
  let server: PostgresServer;
  let url: string;
  let store: Store;

  const runOn = async (on: Store, sql: string) => (await on.executeSql(sql)).rows;

  beforeAll(async () => {
    server = await startPostgres(programs ?? "");
    const ownerUrl = await server.createDatabase("rights");
    const owner = await openPostgresql(process.cwd(), ownerUrl);
    const before = await readRoleRights((sql) => runOn(owner, sql));
    expect(before).toEqual({ role: "owner", tooMuch: ["superuser"] });
    await owner.close();
    const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 });
    await pool.query(`CREATE ROLE "runs it" LOGIN; ${leastRightsSql("runs it")}`);
    // By whoever is asked to do so twice.
    await pool.query(leastRightsSql("runs it"));
    await pool.end();
    url = ownerUrl.replace("owner@", `${encodeURIComponent("runs it")}@`);
    store = await openPostgresql(process.cwd(), url);
  }, 120_000);
  afterAll(async () => {
    await store?.close();
    await server?.stop();
  });

  test("who has the least rights has none too many, and each one more is named", async () => {
    const rights = () => readRoleRights((sql) => runOn(store, sql));
    expect(await rights()).toEqual({ role: "runs it", tooMuch: [] });
    const pool = new pg.Pool({
      connectionString: url.replace(encodeURIComponent("runs it"), "owner"),
      max: 1,
    });
    await pool.query(
      'GRANT UPDATE, TRUNCATE ON "AuditEntry" TO "runs it"; GRANT UPDATE ON "MigrationEvent" TO "runs it"',
    );
    expect((await rights()).tooMuch).toEqual([
      "TRUNCATE on AuditEntry",
      "UPDATE on AuditEntry",
      "UPDATE on MigrationEvent",
    ]);
    await pool.query('ALTER TABLE "AuditEntry" OWNER TO "runs it"');
    expect((await rights()).tooMuch).toEqual(["owner of AuditEntry", "UPDATE on MigrationEvent"]);
    await pool.query(`ALTER TABLE "AuditEntry" OWNER TO owner; ${leastRightsSql("runs it")}`);
    expect((await rights()).tooMuch).toEqual([]);
    await pool.end();
  });

  test("it adds to the audit, and can neither change nor remove what stands there, nor take its guard away", async () => {
    await store.db.$transaction((tx) => appendAudit(tx, fact));
    const denied = /permission denied|must be owner/;
    for (const sql of [
      `UPDATE "AuditEntry" SET "actor" = 'b'`,
      `DELETE FROM "AuditEntry"`,
      `TRUNCATE "AuditEntry"`,
      `UPDATE "MigrationEvent" SET "actor" = 'b'`,
      `TRUNCATE "MigrationEvent"`,
      `ALTER TABLE "AuditEntry" DISABLE TRIGGER ALL`,
      `DROP TABLE "AuditEntry"`,
      "SET session_replication_role = replica",
    ]) {
      await expect(runOn(store, sql), sql).rejects.toThrow(denied);
    }
    expect(await store.db.auditEntry.count()).toBe(1);
    // As the queue does.
    await runOn(store, "CREATE SCHEMA IF NOT EXISTS pgboss; CREATE TABLE pgboss.tried (id int)");
  });

  test("events of what was started stay, those of a draft go with it", async () => {
    const { db } = store;
    const migration = (id: string, startedAt: Date | null) =>
      db.migration.create({
        data: {
          ...{ id, name: id, status: startedAt ? "running" : "draft", phase: "rounds", draft: {} },
          ...{ createdBy: "a", startedAt },
          events: { create: { seq: 1, type: "created", payload: {}, actor: "a", at: new Date(0) } },
        },
      });
    await migration("begun", new Date(0));
    await migration("draft", null);
    const lose = (migrationId: string) => db.migrationEvent.deleteMany({ where: { migrationId } });
    await expect(lose("begun")).rejects.toThrow("only ever added to");
    await expect(db.migration.update({ where: { id: "begun" }, data: { startedAt: null } })).rejects.toThrow(
      "stays so",
    );
    expect(await lose("draft")).toEqual({ count: 1 });
  });
});
