// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import type { CustodyView } from "@/lib/contracts/migration-list";
import { CUSTODY_STANDINGS } from "@/lib/migration/vocabulary/custody";
import { viewOf } from "../migration-view-fixture";
import { CustodyNote } from "./custody-note";

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

  test("that is not closed says nothing", () => {
    openTestPage(<CustodyNote view={viewOf()} />);
    expect(screen.queryByText(/ALTER DATABASE/)).toBeNull();
  });
});
