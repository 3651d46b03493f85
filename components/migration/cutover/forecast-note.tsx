"use client";

import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { withTexts } from "@/components/locale/with-texts";
import type { ForecastView } from "@/lib/contracts/forecast";

/** How long the downtime will be, and on what that stands; `null`: nothing can be said yet. */
export function ForecastNote({ forecast }: { forecast: ForecastView | null }) {
  const { t } = useT();
  const format = useFormat();
  if (forecast === null) return <p className="text-table">{t("cutover.forecast.none")}</p>;
  const { downtimeSeconds, nextLogBytes } = forecast;
  return (
    <div className="text-table">
      <p>
        {t("cutover.forecast", {
          range: format.range(downtimeSeconds),
          bytes: format.bytes(nextLogBytes.p50),
        })}
      </p>
      <Basis basis={forecast.basis} />
    </div>
  );
}

const Basis = withTexts(["forecast"], ({ basis }: { basis: ForecastView["basis"] }) => {
  const { t } = useT();
  const format = useFormat();
  const sentences = basis.map(({ key, params }) =>
    t(`forecast.basis.${key}`, { ...params, age: format.duration((params.seconds ?? 0) * 1000) }),
  );
  return (
    <p className="mt-1 text-cap text-fg-2">
      {t("forecast.basis.title")}: {sentences.join(" ")}
    </p>
  );
});
