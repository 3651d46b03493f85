import { defineConfig } from "@playwright/test";

const executablePath = process.env.CHROMIUM_PATH;

// No `webServer`: each worker starts a product of its own, on its own data folder and port (e2e/journey.ts).
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "e2e/.results",
  // Long journeys wait for the sandbox, half of their time: three share two cores.
  workers: 3,
  fullyParallel: true,
  timeout: 420_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  // Minutes of two browsers, servers and an engine on a machine that others may use: what passes only the second time is
  // reported as flaky, with its trace.
  retries: 1,
  reporter: [["list"]],
  use: {
    viewport: { width: 1440, height: 900 },
    // What is not there after a minute does not come any more: a click that waits for the end of its test tells nothing.
    actionTimeout: 60_000,
    screenshot: "only-on-failure",
    // A trace of every run takes as much of the machine as the product: of what fails, the second run has one.
    trace: "on-first-retry",
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
        ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
      ],
    },
  },
});
