import { expect, test } from "vitest";
import type { ObservedAnswer } from "@/lib/diagnosis/answer-assumption";
import { ExternalError } from "@/lib/diagnosis/external-error";
import { Redactor } from "@/lib/diagnosis/redactor";
import { Examination } from "./examination";

function open() {
  const answers: ObservedAnswer[] = [];
  const redactor = new Redactor();
  redactor.learn("database", "Payroll");
  const judge = async ({ body }: ObservedAnswer) =>
    body === "odd" ? [{ kind: "unknown_word" as const, at: "Status", found: "Payroll is resting" }] : [];
  const examination = new Examination({ answers, judge }, redactor, () => new Date(0));
  return { answers, examination };
}

function refusal(system: "rds" | "oss" | "sql_server", code: string) {
  return new ExternalError({
    system,
    kind: "invalid",
    providerCode: code,
    providerMessage: `No to Payroll (${code})`,
    providerRequestId: null,
    mayHaveHappened: false,
  });
}

test("what came during a question belongs to it, and what differs is told without names", async () => {
  const { answers, examination } = open();
  const say = (call: string, body: unknown) => answers.push({ system: "rds", call, body });
  say("Earlier", "odd");
  const answer = await examination.ask({
    system: "rds",
    asked: "listTasks",
    ask: async () => {
      say("DescribeMigrateTasks", "odd");
      return 7;
    },
  });
  expect(answer).toBe(7);
  await examination.ask({ system: "rds", asked: "calm", ask: async () => say("X", { a: 1 }) });
  expect(examination.calls).toMatchObject([
    {
      outcome: "answered",
      differences: [
        { kind: "unknown_word", at: "DescribeMigrateTasks: Status", found: "<database-1> is resting" },
      ],
    },
    { outcome: "answered", differences: [], shapes: { X: { a: "number" } } },
  ]);
});

test.each([
  ["a code that is known is a refusal", "rds", "Forbidden.RAM", [], "refused", 0],
  ["one that is not is a difference too", "rds", "Forbidden.Moon", [], "refused", 1],
  ["of OSS", "oss", "NoSuchMoon", [], "refused", 1],
  ["of SQL Server", "sql_server", "18456", [], "refused", 0],
  ["one that may come is an answer", "rds", "Forbidden.Moon", ["Forbidden.Moon"], "answered", 0],
] as const)("%s: %s %s", async (_, system, code, mayRefuse, outcome, differences) => {
  const { examination } = open();
  const ask = async () => {
    throw refusal(system, code);
  };
  expect(await examination.ask({ system, asked: "x", ask, mayRefuse })).toBeNull();
  const [call] = examination.calls;
  expect(call).toMatchObject({ outcome, code, message: `No to <database-1> (${code})` });
  expect(call?.differences).toHaveLength(differences);
});

test("what is no refusal of a service is not swallowed", async () => {
  const { examination } = open();
  const ask = async () => {
    throw new RangeError("a bug");
  };
  await expect(examination.ask({ system: "oss", asked: "x", ask })).rejects.toThrow("a bug");
});
