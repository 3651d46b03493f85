"use client";

import { releaseOfVersion } from "@/components/catalog/server-release";
import { useT } from "@/components/shell/i18n-provider";
import type { ConnectionTest } from "@/lib/contracts/connection";

type Fact = ConnectionTest["facts"][number];

/** Words for the plain values of a test: `yes`, counts, seconds, and reasons where a question was refused. */
export function useFactText() {
  const { t, tx } = useT();

  const clock = (value: string): string => {
    const seconds = Number(value);
    if (Number.isNaN(seconds)) return t("connections.value.unknown");
    if (Math.abs(seconds) < 2) return t("connections.value.clock.same");
    return seconds > 0
      ? t("connections.value.clock.ahead", { seconds })
      : t("connections.value.clock.behind", { seconds: -seconds });
  };

  return {
    labelOf: (key: string) => tx(`connections.fact.${key}`, {}, key),
    textOf: ({ key, value }: Fact): string => {
      if (key === "clock") return clock(value);
      if (key === "version") {
        const release = releaseOfVersion(value);
        return release ? `SQL Server ${release.label} (${value})` : value;
      }
      return tx(`connections.value.${value}`, {}, tx(`error.${value}`, {}, value));
    },
    /** What to know or do about a fact that is not simply good. */
    noteOf: ({ key, value, ok }: Fact): string => {
      const worthSaying = ok === false || (ok === null && (value === "0" || value === "no"));
      const isSysadmin = key === "sysadmin" && value === "yes";
      const known = key === "sysadmin" ? isSysadmin : worthSaying;
      return known ? tx(`connections.fact.note.${key}`, {}, "") : "";
    },
  };
}
