import { describe, expect, it } from "vitest";
import { Redactor } from "./redactor";

describe("Redactor", () => {
  it("gives what it learned the same placeholder in every text, whatever the letter case", () => {
    const redactor = new Redactor();
    expect(redactor.learn("database", "Sales")).toBe("<database-1>");
    expect(redactor.learn("database", "Sales Archive")).toBe("<database-2>");
    expect(redactor.learn("host", "sales")).toBe("<database-1>");
    expect(redactor.learn("host", null)).toBe("");
    expect(redactor.text("Database SALES of Sales Archive, not Salesman")).toBe(
      "Database <database-1> of <database-2>, not Salesman",
    );
  });

  it("escapes what it learned, and leaves words that are too short to be looked for", () => {
    const redactor = new Redactor();
    redactor.learn("host", "srv(1).*");
    redactor.learn("name", "a");
    redactor.learn("name", "host");
    expect(redactor.text("a srv(1).* b-srv(1).*")).toBe("a <host-1> b-<host-1>");
  });

  it.each([
    ["SignatureDoesNotMatch for LTAI5tAbCdEfGh", "SignatureDoesNotMatch for <access-key>"],
    ["Cannot open database 'Lohn 2024' for user 'fibu'", "Cannot open database '<text>' for user '<text>'"],
    ["at 10.20.30.40, rm-bp1234567890, acs:ram::1899:role/x", "at <address>, <id>, <arn>"],
    ["at D:\\Backup\\Lohn.bak or /var/opt/mssql/Lohn.bak", "at <path> or <path>"],
    [
      "asked db.corp.example.com, request 7D2F8F2A-0000-4C3D-8F2A-0123456789AB",
      "asked <host>, request <guid>",
    ],
    [
      "see https://oss.example/x?sig=1 by me@corp.example, uid 1234567890123",
      "see <url> by <address>, uid <number>",
    ],
    ["Login failed (18456)", "Login failed (18456)"],
  ])("takes out what looks like a name nobody told it: %s", (text, clean) => {
    expect(new Redactor().text(text)).toBe(clean);
  });
});
