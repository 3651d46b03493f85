import { test } from "vitest";
import { demo, expectOnline } from "./demo-fixture";

test("answers that are pages, slow or cut off: it gets there", async () => {
  expectOnline(await demo({ scenario: "bad-gateway,dropped-connections,slow-oss" }));
});
