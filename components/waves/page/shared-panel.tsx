"use client";

import { useState } from "react";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import type { WaveView } from "@/lib/contracts/wave";

const RulesDialog = latePiece({
  texts: ["bucket", "wave"],
  load: async () => (await import("./rules-dialog")).RulesDialog,
});

/** How the members share what they have in common; it may be changed until the wave is over. */
export function SharedPanel({ wave }: { wave: WaveView }) {
  const { rules, follows, followedBy } = wave;
  const [changes, setChanges] = useState(false);
  const { t } = useT();
  const format = useFormat();
  const rows = [
    ["wave.shared.order", t(`wave.form.order.${rules.order}`)],
    ["wave.shared.sources", rules.sourcesAtOnce],
    ["wave.shared.restores", rules.restoresAtOnce],
    [
      "wave.shared.line",
      rules.bytesPerSecond === null
        ? t("wave.shared.line.none")
        : t("wave.shared.line.rate", { rate: format.number(rules.bytesPerSecond / 1e6, 1) }),
    ],
    ...(follows
      ? [
          [
            "wave.shared.after",
            t("wave.shared.after_hours", { name: follows.name, hours: rules.afterHours }),
          ] as const,
        ]
      : []),
  ] as const;
  return (
    <Panel
      title={t("wave.shared")}
      actions={
        wave.status === "over" ? null : (
          <Button size="sm" onClick={() => setChanges(true)}>
            {t("wave.rules.change")}
          </Button>
        )
      }
    >
      <dl className="divide-y divide-border px-4">
        {rows.map(([label, value]) => (
          <div key={label} className="flex justify-between gap-4 py-2">
            <dt>{t(label)}</dt>
            <dd className="text-right font-semibold">{value}</dd>
          </div>
        ))}
        {wave.instances.map(({ instanceId, beside }) => {
          const { count, waves, bytes, unknown, imports } = beside;
          return count === 0 ? null : (
            <div key={instanceId} className="flex justify-between gap-4 py-2">
              <dt>{t("wave.shared.beside", { instance: instanceId })}</dt>
              <dd className="text-right">
                <b className="font-semibold">
                  {waves.length === 0
                    ? t("wave.shared.beside.count", { count })
                    : t("wave.shared.beside.waves", { count, waves: waves.join(", ") })}
                </b>
                <span className="block text-cap text-fg-2">
                  {t("wave.shared.beside.takes", { bytes: format.bytes(bytes), unknown, imports })}
                </span>
              </dd>
            </div>
          );
        })}
        {followedBy.map(({ id, name, hours }) => (
          <div key={id} className="flex justify-between gap-4 py-2">
            <dt>{t("wave.shared.follows")}</dt>
            <dd className="text-right font-semibold">
              <Link href={`/waves/${id}`} className="link">
                {t("wave.shared.follows.waits", { name, hours })}
              </Link>
            </dd>
          </div>
        ))}
      </dl>
      {changes ? <RulesDialog wave={wave} onClose={() => setChanges(false)} /> : null}
    </Panel>
  );
}
