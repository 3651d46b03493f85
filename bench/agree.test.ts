import { describe, expect, it } from "vitest";
import { benchAgree } from "./agree";

describe("the verdict on a chain and the sandbox's RDS", () => {
  it("agree on random piles of files", () => {
    const { disagreements, restored, refused } = benchAgree({ piles: 250, seed: 20260601 });
    expect(disagreements).toEqual([]);
    expect(restored).toBeGreaterThan(300);
    // Each error that a chain can be refused with has been seen.
    const errors = Object.keys(refused).map((key) => Number(key.split(" ")[1]));
    expect(errors).toEqual(expect.arrayContaining([3118, 3120, 3132, 3136, 3154, 3182, 4305, 4326, 4330]));
  });
});
