import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { findPostgresPrograms, type PostgresServer, startPostgres } from "@/lib/store/local-postgres";
import { openStore } from "@/lib/store/open-store";
import { startPgBossQueue } from "./pg-boss-queue";

const programs = findPostgresPrograms();

// Without a PostgreSQL server on this machine there is none to restart.
if (programs !== null) {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(programs);
  });
  afterAll(() => server.stop());

  test("a restart of the server rejects nothing unheard, is told, and steps go on after it", async () => {
    const unhandled: unknown[] = [];
    const hear = (reason: unknown) => void unhandled.push(reason);
    process.on("unhandledRejection", hear);
    const store = await openStore({ databaseUrl: await server.createDatabase("queue"), folder: tmpdir() });
    const ran: string[] = [];
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const [onError, onLost, onBack] = [vi.fn(), vi.fn(), vi.fn()];
    const queue = await startPgBossQueue({
      store,
      run: async (stepId) => {
        ran.push(stepId);
        if (stepId === "before") await finished;
      },
      ...{ onError, onLost, onBack },
    });
    const step = (id: string) => ({ id, kind: "inspect" as const, dueAt: null });
    await queue.offer([step("before")]);
    await vi.waitFor(() => expect(ran).toEqual(["before"]), 20_000);
    await server.restart(async () => {
      // The step is over while there is no server: pg-boss then writes down that its job is, and does not await it.
      finish();
      await vi.waitFor(() => expect(onLost).toHaveBeenCalled(), 20_000);
    });
    await vi.waitFor(() => expect(onBack).toHaveBeenCalled(), 20_000);
    await queue.offer([step("after")]);
    await vi.waitFor(() => expect(ran).toEqual(["before", "after"]), 20_000);
    expect(unhandled).toEqual([]);
    expect(onError).not.toHaveBeenCalled();
    // Whoever reads the queue, or a dump of it, learns which steps there were.
    const { rows } = await store.executeSql(
      "SELECT data::text AS data, output::text AS output FROM pgboss.job",
    );
    expect(rows).toEqual(
      ran.map((stepId) => ({ data: JSON.stringify({ stepId }).replace(":", ": "), output: null })),
    );
    await queue.stop();
    await store.close();
    process.off("unhandledRejection", hear);
  });
}
