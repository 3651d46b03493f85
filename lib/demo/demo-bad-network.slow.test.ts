import { test } from "vitest";
import { demo, expectOnline } from "./demo-fixture";

test("throttling: slows down and finishes", async () => {
  expectOnline(await demo({ scenario: "throttling" }));
});

// Which call is hit is chance, and waits grow while nobody answers: one in some runs takes minutes.
test("answers that are pages, slow or cut off: it gets there", { retry: 1 }, async () => {
  expectOnline(await demo({ scenario: "bad-gateway,dropped-connections,slow-oss" }));
});
