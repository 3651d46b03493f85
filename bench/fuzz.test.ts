import { describe, expect, it } from "vitest";
import { benchFuzz } from "./fuzz";
import { mutate, seededRandom } from "./fuzz-mutations";
import { writtenOriginals } from "./fuzz-originals";
import { findPlaces } from "./fuzz-structure";

describe("bench fuzz", () => {
  it("ends every mutated header in a result or a typed refusal, and repeats itself by its seed", async () => {
    const run = await benchFuzz({ count: 120, seed: 3, samples: null });
    expect(run.violations).toEqual([]);
    expect(Object.values(run.outcomes).reduce((sum, count) => sum + count, 0)).toBe(120);
    // It gets deep: much is believed, and much is found out.
    expect(run.outcomes["result complete"]).toBeGreaterThan(30);
    expect(run.outcomes["refusal corrupt"]).toBeGreaterThan(5);
    const again = await benchFuzz({ count: 120, seed: 3, samples: null });
    expect(again.outcomes).toEqual(run.outcomes);
  });

  it("changes what it mutates, in place and within its bounds", () => {
    const [original] = writtenOriginals();
    const bytes = original?.parts[0]?.bytes ?? new Uint8Array(0);
    const places = findPlaces(bytes);
    expect(places.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["block", "filemark", "stream", "record"]),
    );
    let changed = 0;
    for (let seed = 0; seed < 50; seed += 1) {
      const target = { bytes: bytes.slice(), places };
      mutate(target, seededRandom(seed), [target]);
      expect(target.bytes).toHaveLength(bytes.length);
      if (Buffer.compare(target.bytes, bytes) !== 0) changed += 1;
    }
    expect(changed).toBeGreaterThan(40);
  });
});
