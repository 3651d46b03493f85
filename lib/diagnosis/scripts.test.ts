import { expect, test } from "vitest";
import { buildAftercareScripts, buildWayBackScript } from "./build-aftercare-script";
import { remedyScript } from "./build-remedy-script";

/** `GO` ends a batch in SSMS, `:!!` runs a program in sqlcmd, `$(…)` is filled in by it even inside quotes. */
const HOSTILE = ["x]\nGO\nDROP DATABASE y\nGO\n--", "x\r\n:!!del *", "$(SQLCMDPASSWORD)", "x\u2028GO"];
const hasCommand = (script: string) => /^\s*(?:GO|:|DROP)|\$\(|\u2028/im.test(script);

test.each(HOSTILE)("no remedy carries %j", (name) => {
  for (const build of Object.values(remedyScript)) expect(build(name, "D:\\x.bak")).toBeNull();
  expect(remedyScript.fullBackup("x", name)).toBeNull();
  expect(remedyScript.fullBackup("x", "D:\\x.bak")).toContain("BACKUP DATABASE [x] TO DISK = N'D:\\x.bak'");
});

test.each(HOSTILE)(
  "what is done after a migration, and on the way back, carries %j in a comment at most",
  (name) => {
    const plain = { target: "Sales", source: "Sales", compatibilityLevel: 150, users: [], orphans: [] };
    const hostile = [
      { ...plain, target: name },
      { ...plain, source: name },
      { ...plain, users: [{ user: name, account: "sales_app" }], orphans: [name] },
    ];
    for (const input of hostile) {
      const scripts = Object.values(buildAftercareScripts(input));
      expect(scripts.filter(hasCommand)).toEqual([]);
      expect(scripts.some((script) => script.includes("-- by hand: "))).toBe(true);
    }
    const back = { database: "Sales", file: "D:\\x.bak", files: [{ logicalName: "a", path: "D:\\a.mdf" }] };
    for (const input of [
      { ...back, database: name },
      { ...back, file: name },
      { ...back, files: [{ logicalName: name, path: "D:\\a.mdf" }] },
    ])
      expect(hasCommand(buildWayBackScript(input))).toBe(false);
    expect(buildWayBackScript(back)).toContain("RESTORE DATABASE [Sales] FROM DISK = N'D:\\x.bak' WITH");
  },
);
