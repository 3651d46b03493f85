"use client";

import { RefreshCw } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Id } from "@/components/ui/mono";

/** A page threw. The server's work does not depend on it, and the text says so. */
export function CrashScreen({ code, onRetry }: { code: string; onRetry: () => void }) {
  const { t } = useT();
  return (
    <div className="page pt-10">
      <Callout
        tone="danger"
        role="alert"
        title={<h1>{t("shell.crash.title")}</h1>}
        actions={
          <Button icon={RefreshCw} onClick={onRetry}>
            {t("shell.retry")}
          </Button>
        }
      >
        <p>{t("shell.crash.text")}</p>
        {code ? <Id id={code} /> : null}
      </Callout>
    </div>
  );
}
