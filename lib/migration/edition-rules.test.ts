import { expect, test } from "vitest";
import { featuresRefused } from "./edition-rules";

test.each([
  ["2014_std_ha", ["Compression", "Partitioning"], ["Compression", "Partitioning"], []],
  ["2014_ent_ha", ["Compression"], [], []],
  ["2016_std_ha", ["Compression", "InMemoryOLTP", "ChangeCapture"], [], []],
  ["2016_web", ["ChangeCapture", "ColumnStoreIndex"], ["ChangeCapture"], []],
  ["2017_std_ha", ["TransparentDataEncryption"], ["TransparentDataEncryption"], []],
  ["2019_std_ha", ["TransparentDataEncryption"], [], []],
  ["2022_web", ["TransparentDataEncryption"], ["TransparentDataEncryption"], []],
  ["2019_ent", ["Anything"], [], []],
  ["2019_std_ha", ["Anything"], [], ["Anything"]],
  ["2019_new", ["Compression"], [], ["Compression"]],
  ["2019_std_ha", [], [], []],
])("%s opens %j without %j", (engine, features, refused, unknown) => {
  expect(featuresRefused(features, engine)).toEqual({ refused, unknown });
});
