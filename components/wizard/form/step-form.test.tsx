// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, test } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import type { ProbedStep } from "@/lib/client/draft-queries";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { MigrationDraft } from "@/lib/contracts/migration";
import { ReviewChoices } from "../review/review-choices";
import { StepForm } from "./step-form";
import { ALL_FIELDS } from "./wizard-fields";

interface Opened {
  step: ProbedStep;
  draft?: Partial<MigrationDraft>;
  errors?: Record<string, string>;
}

interface Held {
  draft: MigrationDraft;
  went: string;
}

/** The form of a step over a draft that is never saved; `held` is what it is by now. */
function Form({ held, step, errors }: { held: Held; step: ProbedStep; errors: Record<string, string> }) {
  const [draft, setDraft] = useState(held.draft);
  held.draft = draft;
  const handle = {
    id: null,
    draft,
    savedDraft: draft,
    saveState: { kind: "saved", at: 0 } as const,
    change: setDraft,
    reread: async () => undefined,
    saveNow: () => Promise.reject(new Error("Nothing is saved here")),
  };
  return (
    <StepForm
      step={step}
      handle={handle}
      sandbox={null}
      errorOf={(field) => errors[field]}
      onGo={(next) => {
        held.went = next;
      }}
    />
  );
}

function openStep({ step, draft = {}, errors = {} }: Opened) {
  const held: Held = { draft: { ...EMPTY_DRAFT, ...draft }, went: "" };
  return { ...openTestPage(<Form held={held} step={step} errors={errors} />), held };
}

const ANSWERS_OF_THE_METHOD = ["underHundredGb", "downtimeAccepted", "writesStopped"];
const OF_THE_REVIEW = ["step", "plan", "rehearsal", "timeline"];

test("every choice of the draft is a field of the wizard, once", () => {
  const keys = ALL_FIELDS.map(({ key }) => key);
  const asked = Object.keys(MigrationDraft.shape).filter(
    (key) => !OF_THE_REVIEW.includes(key) && !ANSWERS_OF_THE_METHOD.includes(key),
  );
  expect([...keys].sort()).toEqual(asked.sort());
});

describe("the step of backups", () => {
  test("asks for the folders that the choices need, and for no others", async () => {
    const { user, held, t } = openStep({ step: "backup" });
    const source = () => screen.queryByRole("textbox", { name: t("wizard.backup.sourceFolder") });
    const local = () => screen.queryByRole("textbox", { name: t("wizard.backup.localFolder") });
    expect([source(), local()]).not.toContain(null);
    await user.click(
      screen.getByRole("radio", { name: new RegExp(`^${t("wizard.backup.transport.browser")}`) }),
    );
    expect([source(), local()]).toEqual([null, null]);
    expect(held.draft).toMatchObject({ transport: "browser", backupBy: "others" });
    // Who takes the backups themselves gets the script for it.
    expect(screen.getByText(t("script.title"))).toBeDefined();
  });

  test("keeps what is typed, and says what is wrong with it at the field", async () => {
    const { user, held, t } = openStep({ step: "backup", errors: { sourceFolder: "Not a path" } });
    const folder = screen.getByRole("textbox", { name: t("wizard.backup.sourceFolder") });
    await user.type(folder, "D:\\Backup");
    expect(held.draft.sourceFolder).toBe("D:\\Backup");
    expect(folder.id).toBe("wizard-sourceFolder");
    expect(folder.getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText("Not a path")).toBeDefined();
  });

  test("asks for a place in OSS once there is an account", () => {
    const { t } = openStep({ step: "backup" });
    expect(screen.queryByRole("textbox", { name: t("field.prefix") })).toBeNull();
  });
});

describe("the step of the import", () => {
  test("recommends a method by the two answers and leaves the choice to the person", async () => {
    const { user, held, t } = openStep({ step: "import" });
    for (const yes of screen.getAllByRole("radio", { name: t("wizard.import.yes") })) await user.click(yes);
    expect(held.draft).toMatchObject({ underHundredGb: true, downtimeAccepted: true });
    expect(held.draft.method).toBe("access_pending");
    const immediate = screen.getByRole("radio", {
      name: new RegExp(`^${t("field.method.immediate").replaceAll(/[()]/g, ".")}`),
    });
    expect(immediate.closest("label")?.textContent).toContain(t("wizard.import.recommended"));
  });

  test("has no rounds where the database is opened after its full backup", () => {
    const { t } = openStep({ step: "import", draft: { method: "immediate" } });
    expect(screen.queryByRole("group", { name: t("schedule.title") })).toBeNull();
  });

  test("takes over a number of minutes only while it is one, and warns when rounds exceed the day's imports", async () => {
    const { user, held, t } = openStep({
      step: "import",
      draft: { schedule: { mode: "every", minutes: 120, backup: "log" } },
    });
    const minutes = screen.getByRole("textbox", { name: t("schedule.minutes") });
    await user.clear(minutes);
    expect(screen.getByText(t("schedule.number", { max: 1440 }))).toBeDefined();
    expect(held.draft.schedule).toMatchObject({ minutes: 120 });
    await user.type(minutes, "15");
    expect(held.draft.schedule).toMatchObject({ minutes: 15 });
    expect(screen.getByText(t("schedule.over_budget", { perDay: 96, minutes: 80 }))).toBeDefined();
  });

  test("leads back to the bucket's step", async () => {
    const { user, held, t } = openStep({ step: "import" });
    await user.click(screen.getByRole("button", { name: t("wizard.import.bucket.change") }));
    expect(held.went).toBe("backup");
  });
});

describe("the review", () => {
  const facts = { sourceName: "SQL-01", cloudName: null, database: null, instance: null, place: "" };
  const rowsOf = (name: string) => {
    const panel = screen.getByRole("region", { name });
    return within(panel)
      .getAllByRole("term")
      .map((term) => [term.textContent, term.nextElementSibling?.textContent]);
  };

  test("shows what is chosen, what is missing, and nothing that the choices leave no meaning", () => {
    const draft: MigrationDraft = {
      ...EMPTY_DRAFT,
      sourceConnectionId: "c1",
      sourceDatabase: "Orders",
      sourceFolder: "D:\\Backup",
      method: "immediate",
    };
    const { t } = openTestPage(<ReviewChoices draft={draft} facts={facts} onEdit={() => {}} />);
    expect(rowsOf(t("wizard.review.source"))).toEqual([
      [t("field.sourceConnectionId"), "SQL-01"],
      [t("field.sourceDatabase"), "Orders"],
      [t("field.ticket"), "–"],
    ]);
    expect(rowsOf(t("wizard.review.backup"))).toEqual([
      [t("field.backupBy"), t("wizard.backup.by.app")],
      [t("field.transport"), t("wizard.backup.transport.shared_folder")],
      [t("field.sourceFolder"), "D:\\Backup"],
      [t("field.localFolder"), t("wizard.review.missing")],
      [t("field.cloudConnectionId"), t("wizard.review.missing")],
    ]);
    const imported = rowsOf(t("wizard.review.import")).map(([label]) => label);
    expect(imported).toContain(t("field.checkMode"));
    expect(imported).not.toContain(t("field.schedule"));
  });
});
