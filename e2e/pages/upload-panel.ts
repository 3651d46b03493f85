import type { Locator, Page } from "@playwright/test";
import type { Translator } from "@/lib/i18n/translate";

/** The drop zone of a migration's page and what lies under it. */
export class UploadPanel {
  constructor(
    private readonly page: Page,
    private readonly text: Translator,
  ) {}

  get input(): Locator {
    return this.page.locator("input[type=file]");
  }

  row(file: string): Locator {
    return this.page.getByRole("listitem").filter({ hasText: file });
  }

  async choose(...paths: string[]): Promise<void> {
    await this.input.setInputFiles(paths);
  }

  button(key: "pause" | "resume" | "cancel" | "send_anyway" | "remove", file: string): Locator {
    return this.row(file).getByRole("button", { name: this.text.t(`upload.${key}`), exact: true });
  }

  stage(key: "sending" | "paused" | "completed" | "judged" | "elsewhere", file: string): Locator {
    return this.row(file).getByText(this.text.t(`upload.stage.${key}`), { exact: true });
  }
}
