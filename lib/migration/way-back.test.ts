import { expect, it } from "vitest";
import { releaseOfEngine, releaseOfVersion } from "./server-release";
import { forecastWayBack, judgeWayBack, wayBackFile } from "./way-back";

it.each([
  ["15.0.2000", "2022_std_ha", "newer_target"],
  ["16.0.4085", "2022_ent", "possible"],
  ["17.0.1000", "2022_std_ha", "possible"],
  ["10.50.6000", "08r2_ent_ha", "possible"],
  ["10.0.6000", "08r2_ent_ha", "newer_target"],
  ["", "2022_std_ha", "unknown"],
  ["15.0.2000", "", "unknown"],
])("from RDS %s to a source %s: %s", (version, engine, rule) => {
  expect(judgeWayBack(releaseOfVersion(version), releaseOfEngine(engine))).toBe(rule);
});

it("the file lies in the source's folder, by its server's own slashes, under a name that Windows takes", () => {
  expect(wayBackFile("E:\\SQLBackup\\", "Sales")).toBe("E:\\SQLBackup\\Sales_from_rds.bak");
  expect(wayBackFile("\\\\nas\\share", "a:b/c")).toBe("\\\\nas\\share\\a_b_c_from_rds.bak");
  expect(wayBackFile("/var/opt/mssql/backup", "销售")).toBe("/var/opt/mssql/backup/销售_from_rds.bak");
  expect(wayBackFile(null, "Sales")).toBe("D:\\Backup\\Sales_from_rds.bak");
});

const round = { type: "log", bytes: 100, uploadSeconds: 10, importSeconds: 3 };

it("a download as fast as the uploads were, a restore as fast as RDS's; nothing where nothing was measured", () => {
  const full = { type: "full", bytes: 1_000, uploadSeconds: 45, importSeconds: 60 };
  expect(forecastWayBack([full, round])).toEqual({
    sizeBytes: 1_000,
    downloadSeconds: 50,
    restoreSeconds: 60,
  });
  // Files that somebody else put into the bucket: nobody saw them go.
  expect(forecastWayBack([{ ...full, uploadSeconds: null }])).toMatchObject({ downloadSeconds: null });
  expect(forecastWayBack([round])).toEqual({ sizeBytes: null, downloadSeconds: null, restoreSeconds: null });
});
