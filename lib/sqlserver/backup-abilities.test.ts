import { expect, test } from "vitest";
import { compressionAbility } from "./backup-abilities";

const plain = { sizeBytes: 100, compressedSizeBytes: 100 };
const compressed = { sizeBytes: 100, compressedSizeBytes: 30 };

test.each([
  ["9.0.5000.0", 3, [], "none"],
  ["10.0.6000.29", 3, [], "proven"],
  ["10.0.6000.29", 2, [plain], "unproven"],
  ["10.50.6000.34", 2, [], "unproven"],
  ["10.50.6000.34", 2, [plain, compressed], "proven"],
  ["12.0.6329.1", 4, [compressed], "none"],
  ["16.0.1000.6", 3, [], "proven"],
  // Standard Developer of 2025, and an engine that nobody knows yet.
  ["17.0.1000.7", 2, [compressed], "proven"],
  ["18.0.100.1", 12, [], "unproven"],
  ["18.0.100.1", 12, [{ sizeBytes: 100, compressedSizeBytes: null }], "unproven"],
] as const)(
  "%s with engine %i compresses backups: %#",
  (productVersion, engineEdition, history, expected) => {
    expect(compressionAbility({ productVersion, engineEdition }, history)).toBe(expected);
  },
);
