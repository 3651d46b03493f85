import type { Locator, Page } from "@playwright/test";
import type { AftercareView } from "@/lib/contracts/aftercare";
import type { Translator } from "@/lib/i18n/translate";

type Step = AftercareView["steps"][number]["step"];

/** What is left once the database is online: steps that are opened, done and settled. */
export class AftercarePage {
  constructor(
    private readonly page: Page,
    private readonly text: Translator,
  ) {}

  step(step: Step): Locator {
    const title = this.page.getByText(this.text.t(`event.aftercare.${step}`), { exact: true });
    return this.page
      .locator("li")
      .filter({ has: this.page.locator("button[aria-expanded]").filter({ has: title }) });
  }

  /** Opened, wherever it stood. */
  async open(step: Step): Promise<Locator> {
    const item = this.step(step);
    const head = item.locator("button[aria-expanded]").first();
    if ((await head.getAttribute("aria-expanded")) !== "true") await head.click();
    return item;
  }

  async press(step: Step, button: string): Promise<void> {
    const item = await this.open(step);
    await item.getByRole("button", { name: button, exact: true }).first().click();
  }

  /** By a word of the person. */
  async settle(step: Step, note: string): Promise<void> {
    const item = await this.open(step);
    await item.getByLabel(this.text.t("aftercare.settle.note")).fill(note);
    await this.press(step, this.text.t("aftercare.settle.done"));
  }

  done(step: Step): Locator {
    return this.step(step)
      .locator("button[aria-expanded]")
      .filter({ hasText: this.text.t("event.aftercare_state.done") });
  }
}
