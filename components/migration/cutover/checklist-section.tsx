"use client";

import { useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Segmented } from "@/components/ui/segmented";
import { TextInput } from "@/components/ui/text-input";
import type { MigrationView } from "@/lib/contracts/migration";
import { CHECK_TIMES, type Checklist, type ChecklistWish } from "@/lib/migration/checklist";
import { useAct } from "../act/use-act";

const NONE: Checklist = { strict: false, items: [] };

interface ChecklistSectionProps {
  view: MigrationView;
  /** Only lines of this time, to be ticked; absent: all, and they may be changed. */
  only?: (typeof CHECK_TIMES)[number];
}

/** What people do around the cutover: lines of their own, ticked with name and time. */
export function ChecklistSection({ view, only }: ChecklistSectionProps) {
  const { t } = useT();
  const format = useFormat();
  const act = useAct(view.id);
  const [text, setText] = useState("");
  const [when, setWhen] = useState<(typeof CHECK_TIMES)[number]>("before");
  const list = view.checklist ?? NONE;
  const shown = list.items.filter((item) => only === undefined || item.when === only);
  const wishes = list.items.map(({ ticked: _, ...item }) => item);
  const set = (wish: Partial<ChecklistWish>) =>
    act.mutate({ type: "set_checklist", checklist: { strict: list.strict, items: wishes, ...wish } });
  return (
    <section aria-labelledby="checklist-title" className="space-y-2">
      <h3 id="checklist-title" className="font-semibold">
        {t("readiness.checklist")}
      </h3>
      {only === undefined ? <p className="text-fg-2 text-table">{t("readiness.checklist.text")}</p> : null}
      <ul className="space-y-1">
        {shown.map((item) => (
          <li key={item.id} className="flex items-start justify-between gap-2">
            <Checkbox
              checked={item.ticked !== null}
              onChange={(ticked) => act.mutate({ type: "tick", itemId: item.id, ticked })}
              label={item.text}
              hint={
                item.ticked
                  ? t("readiness.ticked", {
                      name: item.ticked.by,
                      time: format.instant(item.ticked.at, "seconds"),
                    })
                  : t(`readiness.when.${item.when}`)
              }
            />
            {only === undefined ? (
              <Button
                size="sm"
                variant="ghost"
                aria-label={t("readiness.line.remove.of", { text: item.text })}
                onClick={() => set({ items: wishes.filter(({ id }) => id !== item.id) })}
              >
                {t("readiness.line.remove")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {only === undefined ? (
        <>
          <div className="flex flex-wrap items-center gap-2">
            <TextInput
              aria-label={t("readiness.line")}
              placeholder={t("readiness.line.example")}
              value={text}
              maxLength={300}
              onChange={(event) => setText(event.target.value)}
              className="min-w-52 flex-1"
            />
            <Segmented
              label={t("readiness.when")}
              value={when}
              onChange={setWhen}
              options={CHECK_TIMES.map((value) => ({ value, label: t(`readiness.when.${value}`) }))}
            />
            <Button
              busy={act.isPending}
              onClick={() => {
                const line = text.trim();
                if (line === "") return;
                set({ items: [...wishes, { id: null, text: line, when }] });
                setText("");
              }}
            >
              {t("readiness.line.add")}
            </Button>
          </div>
          {list.items.some((item) => item.when === "before") ? (
            <Checkbox
              checked={list.strict}
              onChange={(strict) => set({ strict })}
              label={t("readiness.strict")}
            />
          ) : null}
        </>
      ) : null}
      {act.error ? <ErrorPanel title={t("readiness.failed")} error={act.error} /> : null}
    </section>
  );
}
