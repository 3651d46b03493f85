// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { DraftHandle } from "../draft/use-draft";
import { WritesStopped } from "./writes-stopped";

function Guide() {
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const change: DraftHandle["change"] = (edit) => setDraft(edit);
  return <WritesStopped draft={draft} change={change} />;
}

test("says what is lost, until somebody stops writes before the start", async () => {
  const { user, t } = openTestPage(<Guide />);
  expect(screen.getByText(t("immediate.open"))).toBeDefined();
  await user.click(screen.getByRole("checkbox", { name: new RegExp(t("immediate.choice")) }));
  expect(screen.queryByText(t("immediate.open"))).toBeNull();
  expect(screen.getByText(t("immediate.stopped.text"))).toBeDefined();
});
