import { expect, test } from "vitest";
import { openTestStore } from "@/lib/store/open-test-store";
import { pauseRds, rdsPauseLeft } from "./rds-pause";
import { giveLeasesBack, takeLease } from "./watch-lease";

test("a pause is of one account, for every process, and a shorter one does not end it", async () => {
  const { db, close } = await openTestStore();
  try {
    expect(await rdsPauseLeft(db, "a")).toBe(0);
    await pauseRds(db, "a", 600_000);
    await pauseRds(db, "a", 1_000);
    const left = await rdsPauseLeft(db, "a");
    expect(left).toBeGreaterThan(500_000);
    expect(left).toBeLessThanOrEqual(600_000);
    expect(await rdsPauseLeft(db, "b")).toBe(0);
    // One that is over counts for nothing.
    await db.rdsPause.update({ where: { connectionId: "a" }, data: { until: new Date(0) } });
    expect(await rdsPauseLeft(db, "a")).toBe(0);
  } finally {
    await close();
  }
});

test("a lease has one holder, who may keep it; another has it when it is over or given back", async () => {
  const { db, close } = await openTestStore();
  try {
    const take = (holder: string, name = "drift", ms = 600_000) => takeLease(db, { name, holder, ms });
    expect([await take("a"), await take("b"), await take("a"), await take("b", "records")]).toEqual([
      true,
      false,
      true,
      true,
    ]);
    await giveLeasesBack(db, "a");
    expect([await take("b"), await take("a")]).toEqual([true, false]);
    await db.watchLease.update({ where: { name: "drift" }, data: { until: new Date(0) } });
    expect(await take("a")).toBe(true);
  } finally {
    await close();
  }
});
