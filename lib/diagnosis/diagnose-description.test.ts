import { expect, test } from "vitest";
import { diagnoseDescription } from "./diagnose-description";
import { TASK_EXAMPLES } from "./messages/task-examples-fixture";

const PRINTED = Object.entries(TASK_EXAMPLES).flatMap(([key, examples]) =>
  examples.map(([text, params]) => ({ key, text, params })),
);

test.each(PRINTED)("$key: $text", ({ key, text, params }) => {
  const { number: _, ...values } = params;
  expect(diagnoseDescription(text)).toMatchObject({ key, params: values });
});

test.each(PRINTED)("case, line breaks and words around it do not matter: $text", ({ key, text }) => {
  const wrapped = `Task failed:\n  ${text.toUpperCase().replaceAll(" ", "\n ")}\n(code 1)`;
  expect(diagnoseDescription(wrapped)?.key).toBe(key);
});

test("every value that the texts name is there", () => {
  expect(diagnoseDescription("Msg 3154, Level 16")?.params).toEqual({ database: "…" });
});

test.each([
  "",
  "   ",
  "Restoring 45 percent",
  "the database is fine",
  "x".repeat(20_000),
  "Login failed for user 'sa'.",
])("what is not known is not guessed: %#", (text) => {
  expect(diagnoseDescription(text)).toBeNull();
});
