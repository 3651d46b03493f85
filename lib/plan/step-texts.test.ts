import { expect, test } from "vitest";
import { en } from "@/lib/i18n/en/index";
import { zhCn } from "@/lib/i18n/zh-CN/index";
import { STEP_DEFINITIONS } from "./step-definitions";

test.each([
  ["en", en.timeline],
  ["zh-CN", zhCn.timeline],
])("every kind of step and every group has its name in %s", (_, texts) => {
  const keys = new Set(Object.keys(texts));
  const needed = STEP_DEFINITIONS.flatMap(({ kind, group }) => [`kind.${kind}`, `group.${group}`]);
  expect(needed.filter((key) => !keys.has(key))).toEqual([]);
});
