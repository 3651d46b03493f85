import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readOrMakeKey } from "@/lib/auth/key-file";
import { createSealer } from "@/lib/auth/sealer";
import { armedRow } from "@/lib/migration/armed-cutover";
import { hookRow } from "@/lib/migration/cutover-hook";
import { secretRow } from "@/lib/services/connection/secret-row";
import { channelRow } from "@/lib/services/notify/save-channel";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { readConfig } from "./config";
import { rotateKey } from "./rotate-key";
import { nextKeyFile, readSecretKeys } from "./secret-keys";
import { storePlace } from "./store-place";

const OPENING_MS = 120_000;
const AT = "2026-05-04T10:00:00.000Z";
let folder: string;
let environment: Record<string, string>;

const config = () => readConfig(environment);
const sealerNow = () => createSealer(readSecretKeys(config()));
const keyFile = () => join(folder, "secret.key");

async function onStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(storePlace(config()));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "chainferry-rotate-"));
  environment = { CHAINFERRY_DATA: folder };
  const sealer = sealerNow();
  await onStore(async ({ db }) => {
    for (const id of ["one", "two"]) {
      const secretSealed = sealer.seal(`secret of ${id}`, secretRow(id));
      await db.connection.create({ data: { id, kind: "sql_server", name: id, config: {}, secretSealed } });
    }
    const row = channelRow("c");
    await db.channel.create({
      data: {
        ...{ id: "c", kind: "generic", name: "c", enabled: true, language: "en", notices: [], linkBase: "" },
        ...{
          urlSealed: sealer.seal("url of c", row),
          host: "h",
          secretSealed: sealer.seal("", row),
          signed: false,
        },
      },
    });
    const hook = {
      ...{
        host: "h",
        signed: true,
        moments: ["online"],
        otherwise: "wait",
        timeoutSeconds: 5,
        waitMinutes: 5,
      },
      urlSealed: sealer.seal("url of hook", hookRow("m")),
      secretSealed: sealer.seal("secret of hook", hookRow("m")),
    };
    const armed = {
      ...{
        armedAt: AT,
        armedBy: "a",
        armedById: "a",
        approved: null,
        stopWrites: "operator",
        checkMode: "async",
      },
      ...{ deadline: null, look: null },
      until: { by: "http", host: "h", urlSealed: sealer.seal("url of answer", armedRow("m")) },
    };
    await db.migration.create({
      data: {
        ...{ id: "m", name: "m", status: "running", phase: "rounds", draft: {}, createdBy: "a" },
        hook,
        armed,
      },
    });
  });
  return () => rmSync(folder, { recursive: true, force: true });
}, OPENING_MS);
afterEach(() => expect(existsSync(nextKeyFile(keyFile()))).toBe(false));

/** Everything that is sealed, opened; and what of all tables still names a key. */
function readAll(keyId: string) {
  const sealer = sealerNow();
  return onStore(async ({ db, executeSql }) => {
    const connections = await db.connection.findMany({ orderBy: { id: "asc" } });
    const channel = await db.channel.findUniqueOrThrow({ where: { id: "c" } });
    const { rows } = await executeSql(`SELECT hook, armed FROM "Migration"`);
    const [{ hook, armed }] = JSON.parse(JSON.stringify(rows));
    const { rows: all } = await executeSql(
      `SELECT query_to_xml(format('SELECT * FROM %I', tablename), true, true, '')::text AS text
       FROM pg_tables WHERE schemaname = 'public'`,
    );
    return {
      opened: [
        ...connections.map(({ id, secretSealed }) => sealer.unseal(secretSealed, secretRow(id))),
        sealer.unseal(channel.urlSealed, channelRow("c")),
        sealer.unseal(hook.urlSealed, hookRow("m")),
        sealer.unseal(hook.secretSealed, hookRow("m")),
        sealer.unseal(armed.until.urlSealed, armedRow("m")),
      ],
      left: JSON.stringify(all).split(`v2.${keyId}.`).length - 1,
    };
  });
}

const OPENED = [
  "secret of one",
  "secret of two",
  "url of c",
  "url of hook",
  "secret of hook",
  "url of answer",
];
const keyIdIn = (sealed: string) => sealed.split(".")[1] ?? "";
const idNow = () => keyIdIn(sealerNow().seal("", ""));

test(
  "every secret is sealed with a new key of the data folder, nothing names the one before, which is kept for old backups",
  async () => {
    const before = readFileSync(keyFile(), "utf8");
    const idBefore = idNow();
    expect(await readAll(idBefore)).toEqual({ opened: OPENED, left: 7 });
    const keptKey = `${keyFile()}.${idBefore}`;
    expect(await rotateKey(config())).toEqual({ resealed: 7, unopened: [], keptKey });
    expect(readFileSync(keptKey, "utf8")).toBe(before);
    expect([statSync(keptKey).mode & 0o777, statSync(keyFile()).mode & 0o777]).toEqual([0o600, 0o600]);
    expect(idNow()).not.toBe(idBefore);
    expect(await readAll(idBefore)).toEqual({ opened: OPENED, left: 0 });
    expect(await onStore(({ db }) => db.auditEntry.findMany())).toMatchObject([
      {
        actor: "terminal",
        action: "secrets.rotate_key",
        subject: idNow(),
        detail: { resealed: 7, unopened: 0 },
      },
    ]);
  },
  OPENING_MS,
);

test(
  "killed after the secrets were sealed anew and before the key lay in its place: all opens, and the next call ends it",
  async () => {
    const idBefore = idNow();
    const next = readOrMakeKey(nextKeyFile(keyFile()));
    const anew = createSealer({ place: "", key: next, older: [readOrMakeKey(keyFile())] });
    await onStore(async ({ db }) => {
      const { secretSealed } = await db.connection.findUniqueOrThrow({ where: { id: "one" } });
      const data = { secretSealed: anew.reseal(secretSealed, secretRow("one")) ?? "" };
      await db.connection.update({ where: { id: "one" }, data });
    });
    expect((await readAll(idBefore)).opened).toEqual(OPENED);
    expect(await rotateKey(config())).toMatchObject({ resealed: 6, unopened: [] });
    expect(await readAll(idBefore)).toEqual({ opened: OPENED, left: 0 });
  },
  OPENING_MS,
);

test(
  "from the file to a key of a command: the one before opens until then, and is not needed afterwards",
  async () => {
    const before = readFileSync(keyFile(), "utf8").trim();
    const idBefore = idNow();
    const printed = join(folder, "printed");
    writeFileSync(printed, Buffer.alloc(32, 7).toString("base64"));
    environment.CHAINFERRY_SECRET_KEY_COMMAND = `cat "${printed}"`;
    expect((await rotateKey(config())).unopened).toHaveLength(7);
    environment.CHAINFERRY_SECRET_KEY_OLD = before;
    expect((await readAll(idBefore)).opened).toEqual(OPENED);
    expect(await rotateKey(config())).toEqual({ resealed: 7, unopened: [], keptKey: null });
    delete environment.CHAINFERRY_SECRET_KEY_OLD;
    rmSync(keyFile());
    expect(await readAll(idBefore)).toEqual({ opened: OPENED, left: 0 });
    expect(existsSync(keyFile())).toBe(false);
  },
  OPENING_MS,
);

test("a command that fails, or prints no key, ends the start with what it was, not with what it printed", () => {
  environment.CHAINFERRY_SECRET_KEY_COMMAND = "echo planted; exit 3";
  expect(() => readSecretKeys(config())).toThrow(/^The command of CHAINFERRY_SECRET_KEY_COMMAND failed/);
  environment.CHAINFERRY_SECRET_KEY_COMMAND = "echo planted";
  expect(() => readSecretKeys(config())).toThrow(/^CHAINFERRY_SECRET_KEY_COMMAND does not hold a key/);
  environment.CHAINFERRY_SECRET_KEY = Buffer.alloc(32).toString("base64");
  expect(() => config()).toThrow("one counts");
});
