import { describe, expect, test } from "vitest";
import { FAILURE_MESSAGES } from "./cloud-messages";
import { explainMessage, explanationTextParams } from "./explain-message";
import { MESSAGES } from "./message-table";
import { indexMessages, matchMessages } from "./messages/match-message";
import type { Message } from "./messages/message";
import { SOURCE_EXAMPLES } from "./messages/source-examples-fixture";
import { TASK_EXAMPLES } from "./messages/task-examples-fixture";
import { OSS_ERRORS } from "./oss-errors";
import { RDS_ERRORS } from "./rds-errors";

const PRINTED = Object.entries({ ...TASK_EXAMPLES, ...SOURCE_EXAMPLES }).flatMap(([key, examples]) =>
  examples.map(([text, params]) => ({ key, text, params })),
);
const OF_CODES = FAILURE_MESSAGES.flatMap(({ key, codes }) =>
  codes.map((code) => ({ key, text: code, params: { code } })),
);
const ALL = [...PRINTED, ...OF_CODES];
const index = indexMessages<Message>(MESSAGES);
const texts = (key: string) => ALL.filter((example) => example.key === key);

test.each(ALL)("$key: $text", ({ key, text, params }) => {
  expect(explainMessage(text)).toMatchObject({ key, params });
});

describe("the table", () => {
  test.each(MESSAGES.map(({ key }) => key))(
    "%s has a source and an example that says it and nothing else",
    (key) => {
      const message: Message | undefined = MESSAGES.find((entry) => entry.key === key);
      expect(message?.source).toMatch(/^https:\/\//);
      expect(texts(key).length).toBeGreaterThan(0);
      const causes = texts(key).map(({ text }) =>
        matchMessages(index, text).filter((found) => (found.message.weight ?? "cause") === "cause"),
      );
      expect(
        causes.some((found) =>
          found.every((entry) => entry.message.key === key || key === "ram_call_forbidden"),
        ),
      ).toBe(true);
    },
  );

  test("keys are unique", () => {
    expect(new Set(MESSAGES.map(({ key }) => key)).size).toBe(MESSAGES.length);
  });

  test("explains every code that calls are judged by, but those of the rest", () => {
    const codes = Object.entries({ ...RDS_ERRORS, ...OSS_ERRORS })
      .filter(([reason]) => !reason.endsWith("_failed"))
      .flatMap(([, kinds]) => Object.values(kinds).flat());
    expect(codes.filter((code) => explainMessage(code) === null)).toEqual([]);
  });
});

describe("spelling does not matter", () => {
  const SPELLINGS: [name: string, respell: (text: string) => string][] = [
    ["capitals", (text) => text.toUpperCase()],
    ["small letters", (text) => text.toLowerCase()],
    ["line breaks", (text) => text.replaceAll(" ", "\r\n   ")],
    ["tabs and hard spaces", (text) => text.replaceAll(" ", "\t\u00a0")],
    [
      "curly quotes",
      (text) =>
        text
          .replaceAll(/'([^' ]+)'/g, "‘$1’")
          .replaceAll(/"([^"]+)"/g, "“$1”")
          .replaceAll("'", "’"),
    ],
    ["double quotes", (text) => text.replaceAll(/'([^']+)'/g, '"$1"')],
    [
      "full-width punctuation",
      (text) =>
        text
          .replaceAll(",", "，")
          .replaceAll("(", "（")
          .replaceAll(")", "）")
          .replaceAll("<", "＜")
          .replaceAll(": ", "：")
          .replaceAll("'", "＇"),
    ],
    [
      "HTML's entities",
      (text) => text.replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;"),
    ],
    ["no full stop at the end", (text) => text.replace(/\.$/, "")],
    ["a task's words around", (text) => `Task failed:\n  ${text}\n(request id: 7D2F8F2A-0000-5C3D)`],
  ];
  const cases = SPELLINGS.flatMap(([name, respell]) =>
    PRINTED.filter(({ key }) => name !== "capitals" || key !== "ram_call_forbidden")
      // A plain word is a code only where it stands alone.
      .filter(({ text }) => !name.includes("around") || !/^Throttling$/.test(text))
      .map(({ key, text }) => ({ name, key, text: respell(text) })),
  );
  test.each(cases)("$name: $key: $text", ({ key, text }) => {
    expect(explainMessage(text)?.key).toBe(key);
  });

  test.each(
    MESSAGES.flatMap((message: Message) =>
      (message.numbers ?? []).map((number) => ({ key: message.key, number })),
    ),
  )("$number by its number, in any language", ({ key, number }) => {
    for (const text of [
      `Msg ${number}, Level 16, State 2, Server X, Line 1`,
      `Msg ${number}, Level 16, State 2, Server X, Line 1\nSchlüsseldatei kann nicht geöffnet werden.\nMsg 3013, Level 16, State 1, Server X, Line 1\nBACKUP DATABASE is terminating abnormally.`,
      `消息 ${number}，级别 16，状态 2，第 1 行`,
      `Error: ${number}, Severity: 16, State: 1.`,
      `错误: ${number}，严重性: 16，状态: 1。`,
      `RequestError (number ${number})`,
      `(Microsoft SQL Server, Error: ${number})`,
      `MSSQLSERVER_${number}`,
      `${number}`,
    ]) {
      const rank = MESSAGES.find((entry) => entry.key === key);
      const isNews = rank && "weight" in rank && rank.weight === "news";
      if (isNews && text.includes("3013")) continue;
      expect(explainMessage(text)?.key, text).toBe(key);
    }
  });

  test.each(OF_CODES)("code $text in what SDKs, scripts and logs print", ({ key, text }) => {
    for (const around of [
      `code: 403, ${text}, request id: 5C3D`,
      `{"RequestId":"5C3D","Code":"${text}","Message":"words"}`,
      `<Error><Code>${text}</Code><Message>words</Message></Error>`,
      `${text}: words. RequestId: 5C3D`,
      `OPENAPI Response Error !!!!! HTTP Status: 403 Error code: ${text}`,
      text.toUpperCase(),
      `  ${text}\n`,
    ]) {
      if (!/[a-z][A-Z.]|\./.test(text) && around.startsWith("code: 403")) continue;
      expect(explainMessage(around)?.key, around).toBe(key);
    }
  });
});

describe("of several messages in one text, the cause is told", () => {
  test.each([
    [
      '5 percent processed.\nMsg 3202, Level 16\nWrite on "D:\\a.bak" failed: 112(There is not enough space on the disk.)\nMsg 3013\nBACKUP DATABASE is terminating abnormally.',
      "device_full",
    ],
    [
      "Msg 3154, Level 16, State 4, Line 1\nThe backup set holds a backup of a database other than the existing 'Shop' database.\nMsg 3013, Level 16\nRESTORE DATABASE is terminating abnormally.",
      "other_database",
    ],
    [
      "Msg 5061, Level 16\nALTER DATABASE failed because a lock could not be placed on database 'Shop'. Try again later.\nMsg 5069, Level 16\nALTER DATABASE statement failed.",
      "lock_on_database",
    ],
    [
      "Failed to download backup file. AccessDenied: The bucket you visit is not belong to you.",
      "oss_forbidden",
    ],
    [
      "Processed 344 pages for database 'Sales', file 'Sales_Data' on file 1.\nBACKUP DATABASE successfully processed 344 pages in 0.020 seconds (134.3 MB/sec).",
      "pages_processed",
    ],
  ])("%s", (text, key) => {
    expect(explainMessage(text)?.key).toBe(key);
  });
});

describe("what is not known is not guessed", () => {
  test.each([
    "",
    "   ",
    "x".repeat(20_000),
    "a(b'c ".repeat(3_000),
    "Restoring 45 percent",
    "the database is fine",
    "The database (testdb) already exists.",
    "The database is already running on RDS",
    "Backup set (x.bak) is a Database backup.",
    "Backup set (x.bak) is a Database FULL backup.",
    "Failed to verify the certificate of the host.",
    "Failed to open database connection: timeout",
    "Failed to open the explicitly specified database 'Sales'. [CLIENT: 10.0.0.5]",
    "Failed to download the latest update",
    "Not enough disk space.",
    "Not Enough Disk Space for sorting, space left 10 MB",
    "DBCC CHECKDB started",
    "DBCC CHECKDB failed to start because the login lacks permission",
    "The process could not access the file",
    "File 'x' is in use",
    "Failed to open database",
    "Success",
    "Login succeeded for user 'sa'.",
    "ERROR 1105 (HY000): Unknown error",
    "Operating system error 3201",
    "3201 rows affected",
    "Msg 50000, Level 16, State 1: Custom words",
    "Msg 3999, Level 16, State 1",
    "Msg 32010, Level 16",
    "Error 3201.5",
    "access is forbidden by law",
    "We are throttling the engine.",
    "Forbidden.SomethingElse",
    "Forbidden.RAMX",
    "InvalidDBName.Whatever",
    "InvalidFileSystem",
    "OrderStatus",
    "order.example.com",
    "pay.example.com is down",
    "OSS status 200",
    "OSS status -20",
    "The log in this backup set begins at LSN 47.",
    "holds a backup of a database",
    "Your RDS has an init account.",
    "constructor",
    "__proto__",
    "toString",
  ])("%#: %s", (text) => {
    expect(explainMessage(text)).toBeNull();
  });
});

describe("params", () => {
  test.each([
    ["（库存 2026）", "库存 2026"],
    ["(O'Brien & Söhne)", "O'Brien & Söhne"],
    ["(a  b)", "a b"],
    ["（销售（新））", "销售（新）"],
    ["x.y-z_1", "x.y-z_1"],
    ["‘库存 2026’", "库存 2026"],
    ['"testdb"', "testdb"],
  ])("names stay as they are: %s", (written, database) => {
    const text = `The database ${written} is already exist on RDS, please backup and drop it, then try again.`;
    expect(explainMessage(text)?.params).toEqual({ database });
  });

  test.each([
    ["1,048,576", "1048576"],
    ["1 048 576", "1048576"],
    ["1\u202f048\u202f576", "1048576"],
    ["1'048'576", "1048576"],
    ["1’048’576", "1048576"],
    ["1.048.576", "1048576"],
    ["１，０４８，５７６", "1048576"],
    ["1048576.25", "1048576.25"],
  ])("numbers lose their separators: %s", (written, leftMb) => {
    const text = `Not Enough Disk Space, space left ${written} MB < bak file 9 MB.`;
    expect(explainMessage(text)?.params).toEqual({ leftMb, neededMb: "9" });
  });

  test("texts get an ellipsis for what the message does not have, and sizes as numbers", () => {
    const known = explainMessage("Msg 3257, Level 16");
    expect(known && explanationTextParams(known)).toMatchObject({ volume: "…", neededBytes: "…" });
    const told = explainMessage(TASK_EXAMPLES.disk_too_small_for_database[0][0]);
    expect(told && explanationTextParams(told)).toMatchObject({ volume: "D:\\", leftBytes: 1_048_576 });
  });
});
