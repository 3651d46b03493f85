// @vitest-environment happy-dom
import { fireEvent, screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, test } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import { Dialog } from "./dialog";
import { Drawer } from "./drawer";
import { Link } from "./link";
import { PasswordField } from "./password-field";
import { Tabs } from "./tabs";

function Page() {
  const [open, setOpen] = useState<"none" | "drawer" | "both">("none");
  return (
    <main>
      <button type="button" onClick={() => setOpen("drawer")}>
        Open
      </button>
      <Drawer
        open={open !== "none"}
        onOpenChange={() => setOpen("none")}
        title="Files"
        description="All of them"
      >
        <button type="button" onClick={() => setOpen("both")}>
          Ask
        </button>
        <Dialog open={open === "both"} onOpenChange={() => setOpen("drawer")} title="Sure">
          <input aria-label="Why" />
        </Dialog>
      </Drawer>
    </main>
  );
}

function Asking() {
  const [isOpen, setOpen] = useState(false);
  return (
    <main>
      <button type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      <Dialog open={isOpen} onOpenChange={setOpen} title="It is you">
        <PasswordField first label="Password" autoComplete="current-password" value="" onValue={String} />
      </Dialog>
    </main>
  );
}

describe("drawers and dialogs", () => {
  test("take focus as a whole, let the page behind rest, and give focus back", async () => {
    const { user } = openTestPage(<Page />);
    const opener = screen.getByRole("button", { name: "Open" });
    await user.click(opener);
    const drawer = screen.getByRole("dialog", { name: "Files", description: "All of them" });
    expect(document.activeElement).toBe(drawer);
    expect(opener.closest<HTMLElement>("body > div")?.inert).toBe(true);
    expect(screen.getByRole("status").inert).toBeFalsy();
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(document.activeElement).toBe(opener);
    expect(opener.closest<HTMLElement>("body > div")?.inert).toBe(false);
  });

  test("leave focus to the one field that they are about, and give it back", async () => {
    const { user } = openTestPage(<Asking />);
    const opener = screen.getByRole("button", { name: "Open" });
    await user.click(opener);
    expect(document.activeElement).toBe(screen.getByLabelText("Password"));
    await user.keyboard("{Escape}");
    expect(document.activeElement).toBe(opener);
  });

  test("close one at a time, the one on top first", async () => {
    const { user } = openTestPage(<Page />);
    await user.click(screen.getByRole("button", { name: "Open" }));
    const ask = screen.getByRole("button", { name: "Ask" });
    await user.click(ask);
    expect(screen.getByRole("dialog", { name: "Sure" })).toBe(document.activeElement);
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("dialog", { name: "Sure" })).toBeNull();
    expect(screen.getByRole("dialog", { name: "Files" })).toBeDefined();
    expect(document.activeElement).toBe(ask);
  });

  test("close by a press beside them, not on them", async () => {
    const { user } = openTestPage(<Page />);
    await user.click(screen.getByRole("button", { name: "Open" }));
    const drawer = screen.getByRole("dialog", { name: "Files" });
    fireEvent.pointerDown(drawer);
    expect(screen.getByRole("dialog", { name: "Files" })).toBe(drawer);
    const veil = drawer.parentElement;
    Object.defineProperty(veil, "clientWidth", { value: 1000 });
    if (veil) fireEvent.pointerDown(veil, { clientX: 5 });
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});

function Choice() {
  const [value, setValue] = useState<"a" | "b" | "c">("a");
  const tabs = (["a", "b", "c"] as const).map((each) => ({ value: each, label: each.toUpperCase() }));
  return (
    <Tabs label="Views" tabs={tabs} value={value} onChange={setValue}>
      Panel {value}
    </Tabs>
  );
}

test("tabs are one stop of the Tab key, and arrows, Home and End choose", async () => {
  const { user } = openTestPage(<Choice />);
  await user.tab();
  const chosen = () => screen.getByRole("tab", { selected: true }).textContent;
  expect(document.activeElement?.textContent).toBe("A");
  for (const [key, tab] of [
    ["ArrowRight", "B"],
    ["End", "C"],
    ["ArrowRight", "A"],
    ["ArrowLeft", "C"],
    ["Home", "A"],
  ]) {
    await user.keyboard(`{${key}}`);
    expect([key, chosen(), document.activeElement?.textContent]).toEqual([key, tab, tab]);
  }
  expect(screen.getByRole("tabpanel", { name: "A" }).textContent).toBe("Panel a");
});

test("a link goes without loading the page anew, unless the press means something else", () => {
  const { visited } = openTestPage(
    <>
      <Link href="/records">Records</Link>
      <Link href="/api/records/export" download>
        CSV
      </Link>
    </>,
  );
  const stop = (event: Event) => event.preventDefault();
  document.addEventListener("click", stop);
  const records = screen.getByRole("link", { name: "Records" });
  fireEvent.click(records, { ctrlKey: true });
  fireEvent.click(records, { button: 1 });
  fireEvent.click(screen.getByRole("link", { name: "CSV" }));
  expect(visited).toEqual([]);
  fireEvent.click(records);
  expect(visited).toEqual(["/records"]);
  document.removeEventListener("click", stop);
});

test("a button that is only a glyph says its name on hover and focus", async () => {
  const { IconButton } = await import("./icon-button");
  const { X } = await import("lucide-react");
  const { user } = openTestPage(<IconButton label="Close it" icon={X} />);
  await user.hover(screen.getByRole("button", { name: "Close it" }));
  expect((await screen.findByRole("tooltip")).textContent).toBe("Close it");
  await user.unhover(screen.getByRole("button", { name: "Close it" }));
  expect(screen.queryByRole("tooltip")).toBeNull();
});
