"use client";

import { Cloud, Inbox } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

interface NothingHereProps {
  /** What there is none of: an account, an instance, a choice of one, a task in the days asked for, one that matches. */
  what: "account" | "instance" | "chosen" | "inRange" | "matching";
  /** Tasks before they were narrowed. */
  total?: number;
  /** Widens the days, or clears the filter. */
  onAct?: () => void;
}

/** In place of the table: why it is empty, and the one thing to do about it. */
export function NothingHere({ what, total = 0, onAct }: NothingHereProps) {
  const { t } = useT();
  switch (what) {
    case "account":
      return (
        <EmptyState
          icon={Cloud}
          title={t("records.none.account")}
          actions={
            <ButtonLink href="/connections" variant="primary">
              {t("records.none.account.add")}
            </ButtonLink>
          }
        >
          {t("records.none.account.text")}
        </EmptyState>
      );
    case "instance":
      return <EmptyState title={t("records.none.instance")} />;
    case "chosen":
      return <EmptyState title={t("records.choose.instance")} />;
    case "inRange":
      return (
        <EmptyState
          icon={Inbox}
          title={t("records.empty.title")}
          actions={<Button onClick={onAct}>{t("records.empty.widen")}</Button>}
        >
          {t("records.empty.text")}
        </EmptyState>
      );
    case "matching":
      return (
        <EmptyState
          title={t("records.empty.narrowed")}
          actions={<Button onClick={onAct}>{t("records.filter.clear")}</Button>}
        >
          {t("records.empty.narrowed.text", { count: total })}
        </EmptyState>
      );
  }
}
