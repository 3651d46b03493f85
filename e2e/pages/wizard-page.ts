import type { Locator, Page } from "@playwright/test";
import type { Translator } from "@/lib/i18n/translate";

/** The Import Guide: locators by role and label, and what a person does there. */
export class WizardPage {
  constructor(
    private readonly page: Page,
    private readonly text: Translator,
  ) {}

  private get next(): Locator {
    return this.page.locator("main").getByRole("button").last();
  }

  step(key: "source" | "backup" | "import" | "review"): Locator {
    return this.page.getByRole("heading", { level: 2, name: this.text.t(`wizard.step.${key}`), exact: true });
  }

  /** "Draft saved 14:20:06", whatever the time and the language. */
  saved(): Locator {
    const [before = "", after = ""] = this.text.t("wizard.draft.saved", { time: "@" }).split("@");
    return this.page.getByText(new RegExp(`${before.trim()}.*\\d\\d:\\d\\d:\\d\\d.*${after.trim()}`));
  }

  async open(): Promise<void> {
    await this.page.goto("/migrations/new");
  }

  async chooseSource(server: string, database: string): Promise<void> {
    await chooseOption(this.page.getByRole("combobox").first(), server);
    await this.page.getByRole("radio", { name: database, exact: true }).check();
  }

  async chooseInstance(instance: RegExp): Promise<void> {
    await chooseOption(this.page.locator("#wizard-instanceId"), instance);
  }

  async goOn(): Promise<void> {
    await this.next.click();
  }
}

/** Options come from a server: waits until the wanted one is there. */
async function chooseOption(select: Locator, wanted: string | RegExp): Promise<void> {
  const option = select.locator("option").filter({ hasText: wanted }).first();
  await option.waitFor({ state: "attached" });
  await select.selectOption((await option.getAttribute("value")) ?? "");
}
