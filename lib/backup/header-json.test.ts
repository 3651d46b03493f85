import { describe, expect, it } from "vitest";
import { fromHeaderJson, toHeaderJson, toSealedJson } from "./header-json";

const JSON_FIELDS = [
  "type",
  "position",
  "databaseName",
  "serverName",
  "machineName",
  "softwareVersion",
  "databaseVersion",
  "compressed",
  "encrypted",
  "copyOnly",
  "recoveryModel",
  "startedAt",
  "finishedAt",
  "firstLsn",
  "lastLsn",
  "checkpointLsn",
  "databaseBackupLsn",
  "differentialBaseLsn",
  "differentialBaseGuid",
  "baseBackupSetGuid",
  "backupSetGuid",
  "familyGuid",
  "firstRecoveryForkGuid",
  "lastRecoveryForkGuid",
  "forkPointLsn",
  "family",
  "files",
  "backupName",
  "backupDescription",
  "userName",
  "expiresAt",
  "databaseCreatedAt",
  "databaseId",
  "compatibilityLevel",
  "utcOffsetMinutes",
  "timeZoneQuarterHours",
  "flags",
  "hasBulkLoggedData",
  "isSnapshot",
  "isReadOnly",
  "isSingleUser",
  "hasBackupChecksums",
  "isDamaged",
  "beginsLogChain",
  "hasIncompleteMetaData",
  "isForceOffline",
  "backupSizeBytes",
  "compressedSizeBytes",
  "bindingId",
  "collation",
  "sortOrder",
  "unicodeLocaleId",
  "unicodeComparisonStyle",
  "softwareVendorId",
  "mediaSetGuid",
  "mediaFamilyId",
  "mediaName",
  "mediaDescription",
  "mirrorCount",
  "blockBytes",
  "deviceType",
  "codePage",
  "containment",
  "keyAlgorithm",
  "encryptorThumbprint",
  "encryptorType",
  "fileList",
];

describe("header JSON", () => {
  it("has exactly the documented fields, LSNs as digits, what is not known as null", () => {
    const json = toHeaderJson(fromHeaderJson({ type: "log", lastLsn: "37000000052000001" }));
    expect(Object.keys(json)).toEqual(JSON_FIELDS);
    expect(json).toMatchObject({
      lastLsn: "37000000052000001",
      firstLsn: null,
      databaseName: null,
      copyOnly: null,
    });
  });

  it("comes back as it was, with all digits of an LSN", () => {
    const set = fromHeaderJson({
      type: "differential",
      position: 2,
      databaseName: "Sales",
      firstLsn: "4294967295429496729565535",
      lastLsn: 100,
      differentialBaseGuid: "b87221f0-7916-44d0-aff7-530a504940fe",
      family: { sequence: 2, count: 3 },
      files: [{ logicalName: "Sales", type: "data", sizeBytes: 8192 }],
    });
    expect(set.firstLsn).toBe(4294967295429496729565535n);
    expect(set.lastLsn).toBe(100n);
    expect(set.differentialBaseGuid).toBe("B87221F0-7916-44D0-AFF7-530A504940FE");
    expect(fromHeaderJson(JSON.parse(JSON.stringify(toHeaderJson(set))))).toEqual(set);
  });

  it("says of an encrypted set that it is there, and null to all else", () => {
    const json = toSealedJson(2, true);
    expect(Object.keys(json).toSorted()).toEqual(JSON_FIELDS.toSorted());
    const { position, compressed, encrypted, files, fileList, ...rest } = json;
    expect({ position, compressed, encrypted, files, fileList }).toEqual({
      position: 2,
      compressed: true,
      encrypted: true,
      files: [],
      fileList: [],
    });
    expect(new Set(Object.values(rest))).toEqual(new Set([null]));
  });

  it("takes what is of another kind as not known", () => {
    const odd = fromHeaderJson({
      type: "full",
      position: "x",
      lastLsn: "1e5",
      firstLsn: -1,
      compressed: "yes",
      files: 7,
      family: 1,
    });
    expect(odd).toMatchObject({ position: 1, lastLsn: null, firstLsn: null, compressed: false, files: [] });
    expect(odd.family).toEqual({ sequence: 1, count: 1 });
  });

  it("is read as others write it: words in capitals, GUIDs in braces, times with their zone", () => {
    const others = fromHeaderJson({
      type: "FULL",
      familyGuid: "{b87221f0-7916-44d0-aff7-530a504940fe}",
      startedAt: "2026-11-01 00:10:00 +08:00",
      finishedAt: "2026-11-01T00:20:00+08:00",
    });
    expect(others).toMatchObject({
      type: "full",
      familyGuid: "B87221F0-7916-44D0-AFF7-530A504940FE",
      startedAt: "2026-11-01T00:10:00",
      finishedAt: "2026-11-01T00:20:00",
      timeZoneQuarterHours: 32,
    });
    expect(fromHeaderJson({ type: "log", utcOffsetMinutes: 330 }).timeZoneQuarterHours).toBe(22);
  });

  it("needs a backup type", () => {
    for (const json of [null, 7, "full", {}, { type: "D" }])
      expect(() => fromHeaderJson(json)).toThrow(RangeError);
  });
});
