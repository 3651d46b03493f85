"use client";

import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { Panel } from "@/components/ui/panel";
import type { WaveView } from "@/lib/contracts/wave";

/** How the members share what they have in common. */
export function SharedPanel({ wave: { rules } }: { wave: WaveView }) {
  const { t } = useT();
  const format = useFormat();
  const rows = [
    ["wave.shared.order", t(`wave.form.order.${rules.order}`)],
    ["wave.shared.sources", rules.sourcesAtOnce],
    ["wave.shared.restores", rules.restoresAtOnce],
    [
      "wave.shared.line",
      rules.bytesPerSecond === null ? t("wave.shared.line.none") : format.rate(rules.bytesPerSecond),
    ],
  ] as const;
  return (
    <Panel title={t("wave.shared")}>
      <dl className="divide-y divide-border px-4">
        {rows.map(([label, value]) => (
          <div key={label} className="flex justify-between gap-4 py-2">
            <dt>{t(label)}</dt>
            <dd className="font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
