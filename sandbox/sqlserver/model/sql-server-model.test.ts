import { expect, it } from "vitest";
import { testServer } from "../testing/model-server-fixture";

it("tells the other servers when a database of it is closed to its users, and not before", async () => {
  const { model, run } = testServer();
  const name = model.state.databases[0]?.name ?? "";
  await run(`ALTER DATABASE [${name}] SET MULTI_USER`);
  expect(model.scenario.wereWritesStopped).toBe(false);
  await run(`ALTER DATABASE [${name}] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE`);
  await run(`ALTER DATABASE [${name}] SET MULTI_USER`);
  expect(model.scenario.wereWritesStopped).toBe(true);
});
