"use client";

import { useEffect } from "react";
import { useT } from "@/components/locale/i18n-provider";

const AGAIN_MS = 10_000;

/** The screen threw, and nobody stands before it to press anything: it begins anew by itself. */
export function WallCrash({ onRetry }: { onRetry: () => void }) {
  const { t } = useT();
  useEffect(() => {
    const timer = setTimeout(onRetry, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [onRetry]);
  return (
    <p
      data-theme="dark"
      role="alert"
      className="wall-name grid min-h-dvh place-content-center bg-bg p-8 text-fg"
    >
      {t("shell.crash_wall")}
    </p>
  );
}
