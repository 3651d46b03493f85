import { expect, type Page } from "@playwright/test";
import axe, { type AxeResults } from "axe-core";

const SIZES = [
  { name: "1440", width: 1440, height: 900 },
  { name: "375", width: 375, height: 812 },
];
const FOLDER = "e2e/.results/screens";
/** `CHAINFERRY_SCREENS=1` keeps a picture of each. */
const keepsScreens = process.env.CHAINFERRY_SCREENS !== undefined;
const STANDARD = ["wcag2a", "wcag2aa", "wcag21aa"];
/** What a theme can change. */
const OF_COLORS = ["color-contrast"];

/** In both sizes and themes: no sideways scrolling, and nothing that axe finds wrong. */
export async function look(page: Page, name: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const theme of ["light", "dark"] as const) {
      await page.evaluate(showTheme, theme);
      if (keepsScreens) {
        await page.screenshot({ path: `${FOLDER}/${name}-${size.name}-${theme}.png`, fullPage: true });
      }
      // Contrast differs by theme, structure by size: the fourth combination can show nothing new.
      if (size.name === "375" && theme === "dark") continue;
      const found = await findViolations(page, theme === "light" ? STANDARD : OF_COLORS);
      expect(found, `${name} at ${size.name}, ${theme}`).toEqual([]);
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${name} scrolls sideways at ${size.name}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** In the browser. What changes its colour slowly is at its end: half of the way is no colour that anybody chose. */
function showTheme(theme: string): void {
  document.documentElement.dataset.theme = theme;
  for (const animation of document.getAnimations()) {
    if (animation instanceof CSSTransition) animation.finish();
  }
}

/**
 * One line for each rule that the page breaks. axe runs in the page as it stands: its Playwright driver loads it anew and opens a
 * second page each time, for frames of other origins that this product does not have.
 */
async function findViolations(page: Page, runOnly: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const options = JSON.stringify({ runOnly, resultTypes: ["violations"], preload: false });
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${options})`);
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
