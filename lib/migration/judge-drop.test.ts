import { describe, expect, test } from "vitest";
import type { BackupType } from "@/lib/backup/backup-kind";
import type { BackupReading } from "@/lib/backup/header";
import { readBackup } from "@/lib/backup/read-backup";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { judgeDrop } from "./judge-drop";

const at = (slot: number) => 50n * 10n ** 15n + BigInt(slot) * 100_000n + 1n;

async function readingOf(bytes: Uint8Array): Promise<BackupReading> {
  return readBackup({
    sizeBytes: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  });
}

function backup(
  type: BackupType,
  first: number,
  last: number,
  databaseName = "Orders",
): Promise<BackupReading> {
  const set = {
    type,
    databaseName,
    firstLsn: at(first),
    lastLsn: at(last),
    checkpointLsn: at(first),
    payloadBytes: 200_000,
  };
  const pieces = [...backupBytes({ sets: [set] })];
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let end = 0;
  for (const piece of pieces) {
    bytes.set(piece, end);
    end += piece.length;
  }
  return readingOf(bytes);
}

const target = {
  lsn: at(20),
  differentialBaseGuid: null,
  differentialBaseLsn: null,
  lastRecoveryForkGuid: null,
};
const judge = async (
  reading: Promise<BackupReading>,
  change: Partial<Parameters<typeof judgeDrop>[0]> = {},
) =>
  judgeDrop({
    reading: await reading,
    name: "file",
    target: null,
    database: "Orders",
    others: [],
    ...change,
  });
const waiting = async (reading: Promise<BackupReading>) => {
  const read = await reading;
  const set = read.ok ? read.sets[0] : undefined;
  if (!set) throw new Error("no set");
  return { name: "waiting", set };
};

describe("before the full is restored", () => {
  test("the full continues, a log alone is early and continues beside its full", async () => {
    expect(await judge(backup("full", 1, 20))).toMatchObject({ verdict: "continues" });
    expect(await judge(backup("log", 15, 30))).toMatchObject({
      verdict: "early",
      problem: { kind: "no-full" },
    });
    const others = [await waiting(backup("full", 1, 20))];
    expect(await judge(backup("log", 15, 30), { others })).toMatchObject({ verdict: "continues" });
    expect(await judge(backup("log", 40, 60), { others })).toMatchObject({
      verdict: "early",
      problem: { kind: "gap" },
    });
  });

  test("another database's is refused, whatever lies beside it", async () => {
    const others = [await waiting(backup("full", 1, 20))];
    expect(await judge(backup("full", 1, 20, "Payroll"), { others })).toMatchObject({
      verdict: "refused",
      problem: { kind: "wrong-database" },
    });
  });
});

test("a full of a timeline that nobody meant is refused before a byte is sent", async () => {
  const [meant, other] = [1, 2].map((digit) => `${digit}`.repeat(8).concat("-0000-0000-0000-000000000000"));
  const read = await backup("full", 1, 20);
  if (!read.ok) throw new Error("not read");
  const sets = read.sets.map((set) => ({
    ...set,
    firstRecoveryForkGuid: other ?? null,
    lastRecoveryForkGuid: other ?? null,
  }));
  const dropped = Promise.resolve({ ...read, sets });
  expect(await judge(dropped)).toMatchObject({ verdict: "continues" });
  const known = { by: "person", forkGuid: meant ?? null } as const;
  expect(await judge(dropped, { known })).toMatchObject({ verdict: "refused", problem: { kind: "fork" } });
});

describe("against a target", () => {
  test("the next log continues, an old one is not needed, a late one is early", async () => {
    expect(await judge(backup("log", 15, 30), { target })).toMatchObject({ verdict: "continues" });
    expect(await judge(backup("log", 10, 18), { target })).toMatchObject({ verdict: "unneeded" });
    expect(await judge(backup("log", 25, 30), { target })).toMatchObject({ verdict: "early" });
    const others = [await waiting(backup("log", 15, 25))];
    expect(await judge(backup("log", 25, 30), { target, others })).toMatchObject({ verdict: "continues" });
  });

  test("a full where a log was due is refused", async () => {
    expect(await judge(backup("full", 30, 50), { target })).toMatchObject({
      verdict: "refused",
      problem: { kind: "full-instead-of-log" },
    });
  });
});

test("what is no backup, or only half of one, is refused", async () => {
  expect(await judge(readingOf(new TextEncoder().encode("notes ".repeat(9000))))).toMatchObject({
    verdict: "refused",
    problem: { kind: "unreadable" },
  });
  const whole = await backup("full", 1, 20);
  expect(await judge(Promise.resolve(whole.ok ? { ...whole, complete: false } : whole))).toMatchObject({
    verdict: "refused",
    problem: { kind: "incomplete" },
  });
});

describe("what cannot be read here", () => {
  const sealed = (sets: number) => {
    const pieces = [
      ...backupBytes({
        compressed: true,
        encrypted: true,
        sets: Array.from({ length: sets }, () => ({
          type: "log" as const,
          databaseName: "Orders",
          firstLsn: at(15),
          lastLsn: at(30),
          checkpointLsn: at(15),
          payloadBytes: 20_000,
        })),
      }),
    ];
    return new Uint8Array(Buffer.concat(pieces));
  };

  test("is not refused: a person says whether it is sent", async () => {
    expect(await judge(readingOf(sealed(1)), { target })).toEqual({
      verdict: "unread",
      set: null,
      seal: "encrypted",
    });
  });

  test("is refused for what it shows all the same: cut off, or several backups in it", async () => {
    expect(await judge(readingOf(sealed(2)))).toMatchObject({
      verdict: "refused",
      problem: { kind: "several-sets" },
    });
    expect(await judge(readingOf(sealed(1).subarray(0, -4096)))).toMatchObject({
      verdict: "refused",
      problem: { kind: "incomplete" },
    });
  });
});
