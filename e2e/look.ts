import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const SIZES = [
  { name: "1440", width: 1440, height: 900 },
  { name: "375", width: 375, height: 812 },
];
const FOLDER = "e2e/.results/screens";

/** Screenshots in both sizes and themes, no sideways scrolling, and nothing that axe finds wrong. */
export async function look(page: Page, name: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const theme of ["light", "dark"] as const) {
      await page.evaluate((value) => {
        document.documentElement.dataset.theme = value;
      }, theme);
      await page.screenshot({ path: `${FOLDER}/${name}-${size.name}-${theme}.png`, fullPage: true });
      // Contrast differs by theme, structure by size: the fourth combination can show nothing new.
      if (size.name === "375" && theme === "dark") continue;
      const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa"]).analyze();
      const told = found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`);
      expect(told, `${name} at ${size.name}, ${theme}`).toEqual([]);
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${name} scrolls sideways at ${size.name}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}
