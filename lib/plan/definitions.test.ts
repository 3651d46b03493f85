import { describe, expect, test } from "vitest";
import { STEP_KINDS } from "@/lib/migration/generated/step-kinds";
import { parseStepData, peekStepData, type StepDefinition } from "@/lib/migration/step-definition";
import { DEFINITIONS } from "./generated/definitions";

const all: readonly StepDefinition[] = Object.values(DEFINITIONS);

describe("definitions of steps", () => {
  test("are one a folder, each named as its folder", () => {
    expect(Object.entries(DEFINITIONS).map(([key, { kind }]) => [key, kind])).toEqual(
      STEP_KINDS.map((kind) => [kind, kind]),
    );
  });

  test("what follows what has no circle", () => {
    const visit = (definition: StepDefinition, way: readonly string[]): void => {
      expect(way, "a circle").not.toContain(definition.kind);
      for (const { after } of definition.follows) visit(DEFINITIONS[after], [...way, definition.kind]);
    };
    for (const definition of all) visit(definition, []);
  });

  test("before each kind comes one other at most, and not in a circle", () => {
    const before = all.flatMap(({ kind, precedes }) => (precedes ? [{ kind, precedes }] : []));
    expect(new Set(before.map(({ precedes }) => precedes)).size).toBe(before.length);
    for (const { kind } of before) {
      const way = [kind];
      for (let at = DEFINITIONS[kind] as StepDefinition; at.precedes; at = DEFINITIONS[at.precedes]) {
        expect(way).not.toContain(at.precedes);
        way.push(at.precedes);
      }
    }
  });

  test("whoever waits for something outside says how long that may last", () => {
    const waiting = all.filter(({ limitMs }) => limitMs !== undefined).map(({ kind }) => kind);
    expect(waiting).toEqual(["await_check", "await_import", "await_open", "check_target", "import"]);
    const hours = (sizeBytes: number) => (DEFINITIONS.await_import.limitMs?.({ sizeBytes }) ?? 0) / 3_600_000;
    expect(hours(0)).toBe(1);
    expect(hours(500e9)).toBeGreaterThan(19);
  });
});

describe("columns of a step", () => {
  const row = { input: {}, checkpoint: null, result: null };

  test("are parsed by the kind's own schemas, and what the schema does not know is left out", () => {
    const input = { backup: "log", tail: true, final: true, old: 1 };
    expect(parseStepData(DEFINITIONS.backup, { ...row, input }).input).toEqual({
      backup: "log",
      tail: true,
      final: true,
    });
  });

  test("a checkpoint that can't be read is an error for who acts, and nothing for who shows", () => {
    const odd = { ...row, checkpoint: { token: 1 }, result: { reads: "two" } };
    expect(() => parseStepData(DEFINITIONS.upload, odd)).toThrow();
    expect(peekStepData(DEFINITIONS.inspect, odd).result).toBeNull();
  });

  test("what earlier versions wrote is read", () => {
    const upload = { uploadId: "u", partSize: 1, sizeBytes: 2, mtimeMs: 3 };
    expect(parseStepData(DEFINITIONS.upload, { ...row, checkpoint: upload }).checkpoint).toEqual(upload);
    const found = { ...row, input: { final: false, wait: true }, checkpoint: {}, result: { file: null } };
    expect(parseStepData(DEFINITIONS.find_file, found)).toMatchObject({
      checkpoint: { seen: {}, watch: null },
      result: { file: null },
    });
  });
});
