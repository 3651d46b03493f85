import { expect, test } from "vitest";
import { canCompress } from "./backup-abilities";

test.each([
  ["9.0.5000.0", "Enterprise Edition (64-bit)", false],
  ["10.0.6000.29", "Standard Edition (64-bit)", false],
  ["10.0.6000.29", "Enterprise Edition (64-bit)", true],
  ["10.50.6000.34", "Standard Edition (64-bit)", true],
  ["10.50.6000.34", "Web Edition (64-bit)", false],
  ["11.0.7001.0", "Business Intelligence Edition (64-bit)", true],
  ["12.0.6329.1", "Express Edition (64-bit)", false],
  ["16.0.1000.6", "Enterprise Evaluation Edition (64-bit)", true],
  ["17.0.1000.7", "Standard Developer Edition (64-bit)", true],
])("%s %s compresses backups: %s", (productVersion, edition, expected) => {
  expect(canCompress({ productVersion, edition })).toBe(expected);
});
