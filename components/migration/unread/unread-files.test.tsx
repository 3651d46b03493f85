// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import type { BackupFileView } from "@/lib/contracts/migration";
import { fileOf, viewOf } from "../migration-view-fixture";
import { UnreadFiles } from "./unread-files";

const ACT = "POST /api/migrations/m1/actions";

function open(over: Partial<BackupFileView>) {
  const view = viewOf({ files: [fileOf(), fileOf({ id: "u", name: "sealed.bak", ...over })] });
  return openTestPage(<UnreadFiles view={view} />, { answers: { [ACT]: view } });
}

test("a file that nobody knows is asked about: type and LSNs, checked before they are sent", async () => {
  const { user, asked, t } = open({ unread: { seal: "unsupported_container", told: null } });
  const state = screen.getByRole("button", { name: t("unread.state") });
  await user.click(state);
  expect(asked).toEqual([]);
  expect(screen.getAllByText(t("unread.digits"))).toHaveLength(2);
  await user.selectOptions(screen.getByLabelText(t("unread.type")), "log");
  await user.type(screen.getByLabelText(t("unread.first")), "42000000010000001");
  await user.type(screen.getByLabelText(t("unread.last")), "42000000010000001");
  await user.click(state);
  expect(asked).toEqual([]);
  expect(screen.getByText(t("unread.order"))).toBeDefined();
  await user.type(screen.getByLabelText(t("unread.last")), "7");
  await user.click(state);
  expect(asked[0]).toEqual({
    call: ACT,
    body: {
      type: "state_file",
      fileId: "u",
      is: {
        type: "log",
        firstLsn: "42000000010000001",
        lastLsn: "420000000100000017",
        checkpointLsn: null,
      },
    },
  });
});

test("an encrypted one that the server has read goes on when a person allows it, or is left out", async () => {
  const { user, asked, t } = open({ unread: { seal: "encrypted", told: "server" } });
  expect(screen.queryByLabelText(t("unread.first"))).toBeNull();
  expect(screen.getByText(/42000000010000001/)).toBeDefined();
  await user.click(screen.getByRole("button", { name: t("unread.allow") }));
  await user.click(screen.getByRole("button", { name: t("unread.skip") }));
  expect(asked.map(({ body }) => body)).toEqual([
    { type: "state_file", fileId: "u", is: null },
    { type: "skip_file", fileId: "u" },
  ]);
});

test("nothing stands there where every file was read", () => {
  const { t } = open({});
  expect(screen.queryByRole("button", { name: t("unread.skip") })).toBeNull();
});
