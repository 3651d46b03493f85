"use client";

import { FileUp } from "lucide-react";
import { useId, useRef } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { usePageDrop } from "./use-page-drop";

/** The whole page takes dropped files; the button does the same for keyboards and small screens. */
export function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useT();
  const input = useRef<HTMLInputElement>(null);
  const hint = useId();
  const over = usePageDrop(onFiles);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-border-strong border-dashed bg-surface-2 px-4 py-3.5">
      <FileUp size={22} strokeWidth={1.5} aria-hidden className="flex-none text-fg-3" />
      <div className="min-w-0 flex-[1_1_240px]">
        <p className="font-medium">{t("upload.drop")}</p>
        <p id={hint} className="text-cap text-fg-2">
          {t("upload.drop.hint")}
        </p>
      </div>
      <input
        ref={input}
        type="file"
        multiple
        className="hidden"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file may be chosen again.
          event.target.value = "";
        }}
      />
      <Button variant="primary" aria-describedby={hint} onClick={() => input.current?.click()}>
        {t("upload.choose")}
      </Button>
      {over ? (
        <div
          aria-hidden
          className="pointer-events-none fixed inset-0 z-40 grid place-items-center bg-overlay p-6"
        >
          <div className="flex flex-col items-center gap-2 rounded-lg border-2 border-accent border-dashed bg-surface px-10 py-8 text-center shadow-overlay">
            <FileUp size={32} strokeWidth={1.5} className="text-accent" />
            <p className="font-semibold text-section">{t("upload.drop.over")}</p>
          </div>
        </div>
      ) : null}
    </div>
  );
}
