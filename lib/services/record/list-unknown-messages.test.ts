import { expect, test } from "vitest";
import { openTestCtx } from "@/lib/context/open-test-ctx";
import { listUnknownMessages, unknownMessagesCsv } from "./list-unknown-messages";

test("keeps what nothing is known of, and nothing else", async () => {
  const { ctx } = await openTestCtx();
  const said = (rdsTaskId: string, description: string, status: string) => ({
    connectionId: "cloud",
    instanceId: "rm-1",
    rdsTaskId,
    databaseName: "shop",
    method: "immediate",
    status,
    providerStatus: "Failed",
    description,
    rdsEndedAt: new Date(`2026-05-0${rdsTaskId}T10:00:00.000Z`),
  });
  await ctx.db.importTask.createMany({
    data: [
      said("1", "=Something new happened", "failed"),
      said("2", "DBCC checkdb failed", "failed"),
      said("3", "", "failed"),
      said("4", "Something fine", "succeeded"),
      said("5", "Another new thing", "failed"),
    ],
  });
  const messages = await listUnknownMessages({ ctx });
  expect(messages.map(({ text }) => text)).toEqual(["Another new thing", "=Something new happened"]);
  expect(messages[0]).toMatchObject({ place: "rm-1 5", seenAt: "2026-05-05T10:00:00.000Z" });
  expect(unknownMessagesCsv(messages)).toContain("\r\n'=Something new happened,rds,Failed,,rm-1 1,");
});
