import { describe, expect, test } from "vitest";
import { CONNECTION_FACT_KEYS } from "@/lib/diagnosis/connection-fact-keys";

import { APP_REASONS, EXTERNAL_REASONS, FIELD_REASONS } from "@/lib/diagnosis/failure-reasons";
import { MESSAGES, messageTextKey } from "@/lib/diagnosis/message-table";
import { MESSAGE_PARTS } from "@/lib/diagnosis/messages/message";
import { PROBE_IDS } from "@/lib/diagnosis/probe-ids";
import { BLOCKER_REASONS } from "@/lib/migration/draft-blockers";
import { createTranslator } from "./translator";

const KEYS = [
  ...[...EXTERNAL_REASONS, ...APP_REASONS, ...FIELD_REASONS].map((reason) => `error.${reason}`),
  ...EXTERNAL_REASONS.map((reason) => `error.${reason}.do`),
  ...MESSAGES.flatMap(({ key }) => MESSAGE_PARTS.map((part) => messageTextKey(key, part))),
  ...Object.values(PROBE_IDS)
    .flat()
    .flatMap((id) => ["title", "pass", "block", "remedy"].map((part) => `probe.${id}.${part}`)),
  ...BLOCKER_REASONS.map((reason) => `wizard.blocker.${reason}`),
  ...CONNECTION_FACT_KEYS.map((key) => `connections.fact.${key}`),
];

describe.each(["en", "zh-CN"] as const)("%s", (locale) => {
  test("has a text for every reason, diagnosis, probe, blocker and fact that the server can send", () => {
    const { has } = createTranslator(locale);
    expect(KEYS.filter((key) => !has(key))).toEqual([]);
  });
});
