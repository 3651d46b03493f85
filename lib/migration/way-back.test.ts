import { expect, it } from "vitest";
import { releaseOfEngine, releaseOfVersion } from "./server-release";
import { judgeWayBack } from "./way-back";

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
