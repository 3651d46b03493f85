import { describe, expect, test } from "vitest";
import { editionOfEngine, releaseOfEngine, releaseOfVersion } from "./server-release";

describe("releaseOfVersion", () => {
  test.each([
    ["9.00.5000", "2005"],
    ["10.0.6000", "2008"],
    ["10.50.4000", "2008 R2"],
    ["15.0.2000", "2019"],
    ["17.0.1000", "2025"],
    ["18.0.1", "18.0"],
  ])("%s is %s", (version, label) => {
    expect(releaseOfVersion(version)?.label).toBe(label);
  });

  test("says nothing about what is no version", () => {
    expect(releaseOfVersion("unknown")).toBeNull();
  });
});

describe("releaseOfEngine", () => {
  test.each([
    ["2022_std_ha", "2022"],
    ["2012", "2012"],
    ["08r2_ent_ha", "2008 R2"],
    ["2008r2", "2008 R2"],
  ])("%s is %s", (engine, label) => {
    expect(releaseOfEngine(engine)?.label).toBe(label);
  });

  test("ranks a backup against an instance", () => {
    const newer = releaseOfVersion("17.0.1000");
    const instance = releaseOfEngine("2022_std_ha");
    expect(newer && instance && newer.rank > instance.rank).toBe(true);
    expect(releaseOfVersion("10.50.1600")?.rank).toBe(releaseOfEngine("08r2_ent_ha")?.rank);
  });
});

test("editionOfEngine tells cluster from high availability", () => {
  expect(editionOfEngine("2019_ent")).toBe("cluster");
  expect(editionOfEngine("2019_ent_ha")).toBe("enterprise");
  expect(editionOfEngine("2016_std_sl")).toBe("standard");
  expect(editionOfEngine("2022_web")).toBe("web");
  expect(editionOfEngine("2012")).toBeNull();
});
