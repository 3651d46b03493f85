import type { Locator, Page } from "@playwright/test";
import type { Translator } from "@/lib/i18n/translate";

/** One migration: its advance control, tabs and cutover dialog. */
export class MigrationPage {
  constructor(
    private readonly page: Page,
    private readonly text: Translator,
  ) {}

  get takeLog(): Locator {
    return this.page.getByRole("button", { name: this.text.t("migration.advance.take_log"), exact: true });
  }

  get takeDifferential(): Locator {
    return this.page.getByRole("button", {
      name: this.text.t("migration.advance.take_differential"),
      exact: true,
    });
  }

  get cutOver(): Locator {
    return this.page.getByRole("button", { name: this.text.t("migration.advance.cutover"), exact: true });
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog");
  }

  online(database: string): Locator {
    return this.page.getByText(this.text.t("migration.online.title", { database })).first();
  }

  async open(id: string): Promise<void> {
    await this.page.goto(`/migrations/${id}`);
  }

  async openTab(key: "timeline" | "chain" | "files" | "events" | "provider" | "aftercare"): Promise<void> {
    await this.page.getByRole("tab", { name: new RegExp(`^${this.text.t(`migration.tab.${key}`)}`) }).click();
  }

  /** The cutover stays in its dialog, online too: whoever wants the page closes it. */
  async closeDialog(): Promise<void> {
    await this.page.keyboard.press("Escape");
    await this.dialog.waitFor({ state: "hidden" });
  }

  async beginCutover(database: string): Promise<void> {
    await this.cutOver.click();
    const label = this.text.t("cutover.confirm.label", { name: database });
    await this.dialog.getByLabel(label).fill(database);
    await this.dialog.getByRole("button", { name: this.text.t("cutover.submit"), exact: true }).click();
  }
}
