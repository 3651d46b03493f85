import { test } from "vitest";
import { demo, expectOnline } from "./demo-fixture";

test("answer-lost: the accepted task is found again, not repeated", async () => {
  expectOnline(await demo({ scenario: "answer-lost" }));
});
