// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import type { CustodyView } from "@/lib/contracts/migration-list";
import { CUSTODY_STANDINGS } from "@/lib/migration/vocabulary/custody";
import { viewOf } from "../migration-view-fixture";
import { CustodyNote } from "./custody-note";

const ACT = "POST /api/migrations/m1/actions";
const CLOSED: CustodyView = {
  since: "2026-05-17T00:00:00.000Z",
  how: "norecovery_tail",
  standing: "held",
  access: "MULTI_USER",
};

describe("a closed source", () => {
  test.each(CUSTODY_STANDINGS)("is told while it is %s, with the statements that open it", (standing) => {
    const source = { connectionId: "c", name: "SQL-01", database: "Or]ders" };
    openTestPage(<CustodyNote view={viewOf({ source, custody: { ...CLOSED, standing } })} />);
    expect(screen.getByText(/RESTORE DATABASE/).textContent).toBe(
      "RESTORE DATABASE [Or]]ders] WITH RECOVERY;\nALTER DATABASE [Or]]ders] SET MULTI_USER;",
    );
  });

  test("that was not recovered needs no recovery, and goes back to whom it let in before", () => {
    const custody = { ...CLOSED, how: "restricted_user", access: "SINGLE_USER" } as const;
    openTestPage(<CustodyNote view={viewOf({ custody })} />);
    expect(screen.getByText(/ALTER DATABASE/).textContent).toBe("ALTER DATABASE [Orders] SET SINGLE_USER;");
  });

  test.each(["stuck", "left"] as const)(
    "%s: given up on a person's word, once the name is typed",
    async (standing) => {
      const view = viewOf({ custody: { ...CLOSED, standing } });
      const { t, user, asked } = openTestPage(<CustodyNote view={view} />, { answers: { [ACT]: view } });
      await user.click(screen.getByRole("button", { name: t("custody.give_up") }));
      const confirm = screen.getByRole("button", { name: t("custody.give_up.confirm") });
      await user.click(confirm);
      expect(screen.getByText(t("custody.give_up.mismatch", { database: "Orders" }))).toBeTruthy();
      expect(asked).toEqual([]);
      await user.type(screen.getByRole("textbox"), "Orders");
      await user.click(confirm);
      expect(asked[0]).toEqual({ call: ACT, body: { type: "give_up_source", confirmName: "Orders" } });
    },
  );

  test.each(["held", "releasing", "kept"] as const)("%s: is not given up", (standing) => {
    const { t } = openTestPage(<CustodyNote view={viewOf({ custody: { ...CLOSED, standing } })} />);
    expect(screen.queryByRole("button", { name: t("custody.give_up") })).toBeNull();
  });

  test("that is not closed says nothing", () => {
    openTestPage(<CustodyNote view={viewOf()} />);
    expect(screen.queryByText(/ALTER DATABASE/)).toBeNull();
  });
});
