import { expect, type Page } from "@playwright/test";

/** As if five minutes had passed: the next call of an address is refused for that, once. */
export async function forgetProof(
  page: Page,
  url: string,
  by: "password" | "new_password" | "provider" | "passkey",
): Promise<void> {
  const problem = {
    ...{
      type: "urn:chainferry:problem:reauthentication_required",
      title: "",
      status: 401,
      code: "unauthorized",
    },
    ...{
      reason: "reauthentication_required",
      params: { by },
      requestId: "",
      provider: null,
      invalidParams: [],
    },
  };
  // Who asks for it comes late, with the link to the profile.
  await expect(page.locator('header a[href="/profile"]')).toBeVisible();
  let isRefused = false;
  await page.route(url, (route) => {
    // What the page reads again by itself wants no proof.
    if (isRefused || route.request().method() === "GET") return route.fallback();
    isRefused = true;
    return route.fulfill({ status: 401, contentType: "application/problem+json", json: problem });
  });
}
