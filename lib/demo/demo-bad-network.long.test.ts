import { test } from "vitest";
import { demo, expectOnline } from "./demo-fixture";

test("throttling: slows down and finishes", async () => {
  expectOnline(await demo({ scenario: "throttling" }));
});
