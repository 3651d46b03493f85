// @vitest-environment happy-dom
import { act, screen } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { useT } from "@/components/locale/i18n-provider";
import { openTestPage } from "@/components/open-test-page";
import { latePiece } from "./late-piece";

function Inside({ name }: { name: string }) {
  const { t } = useT();
  return (
    <p>
      {name}: {t("provider.text")}
    </p>
  );
}

describe("a late piece", () => {
  test("asks for its code when it is first shown, and once", async () => {
    const load = vi.fn(async () => Inside);
    const Late = latePiece({ texts: ["provider"], load, waiting: <p>Waiting</p> });
    const { rerender, t, asked } = openTestPage(<p>Nothing yet</p>);
    expect(load).not.toHaveBeenCalled();
    rerender(<Late name="one" />);
    expect(screen.getByText("Waiting")).toBeDefined();
    expect(await screen.findByText(`one: ${t("provider.text")}`)).toBeDefined();
    rerender(<Late name="two" />);
    expect(screen.getByText(`two: ${t("provider.text")}`)).toBeDefined();
    expect(load).toHaveBeenCalledTimes(1);
    expect(asked).toEqual([]);
  });

  test("asks for the texts that the page did not bring along", async () => {
    const Late = latePiece({ texts: ["provider"], load: async () => Inside });
    const call = "GET /api/texts?locale=en&of=provider";
    const page = { scopes: ["shell"], answers: { [call]: { "provider.text": "What came later" } } };
    const { asked } = await act(async () => openTestPage(<Late name="one" />, page));
    expect(await screen.findByText("one: What came later")).toBeDefined();
    expect(asked).toEqual([{ call, body: null }]);
  });

  test("that does not come says so in its place, and comes when asked again", async () => {
    const silence = vi.spyOn(console, "error").mockImplementation(() => {});
    const load = vi.fn<() => Promise<typeof Inside>>();
    load.mockRejectedValueOnce(new Error("The server is gone")).mockResolvedValue(Inside);
    const Late = latePiece({ texts: [], load });
    const { user, t } = openTestPage(<Late name="one" />);
    expect(await screen.findByText(t("shell.piece_failed"))).toBeDefined();
    await user.click(screen.getByRole("button", { name: t("shell.retry") }));
    expect(await screen.findByText(`one: ${t("provider.text")}`)).toBeDefined();
    silence.mockRestore();
  });
});
