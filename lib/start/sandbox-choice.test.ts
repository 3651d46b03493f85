import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSandboxHand, readSandboxChoice, startsSandbox } from "./sandbox-choice";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandbox-choice-"));
});
afterEach(() => rm(folder, { recursive: true }));

const startsNext = async () => startsSandbox(await readSandboxChoice(folder));

test("a sandbox is there by itself until there is a connection of somebody’s own", async () => {
  const hand = createSandboxHand(folder, null);
  expect(await hand.read()).toMatchObject({ choice: { start: "auto" }, startsNext: true, playing: null });
  await hand.noteReal();
  expect(await startsNext()).toBe(false);
  await hand.choose({ start: "on", scenario: "gap", timeFactor: 30 });
  expect(await hand.read()).toMatchObject({ choice: { scenario: "gap", timeFactor: 30 }, startsNext: true });
  await hand.choose({ start: "auto", scenario: "gap", timeFactor: 30 });
  expect(await startsNext()).toBe(false);
  await hand.choose({ start: "off", scenario: "gap", timeFactor: 30 });
  expect(await startsNext()).toBe(false);
});

test("names are those of the sandbox", () => {
  const hand = createSandboxHand(folder, null);
  expect(hand.scenarios).toContain("tde");
  expect([hand.isScenario("tde,ia-bucket"), hand.isScenario("clean"), hand.isScenario("nonsense")]).toEqual([
    true,
    true,
    false,
  ]);
});

test("a file that is broken counts as nothing chosen", async () => {
  await writeFile(join(folder, "sandbox.json"), "{");
  expect(await startsNext()).toBe(true);
});
