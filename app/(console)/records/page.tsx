import { Suspense } from "react";
import { RecordsScreen } from "@/components/records/records-screen";
import { Link } from "@/components/ui/link";
import { createTranslator } from "@/lib/i18n/translator";
import { requestLocale } from "../../request-locale";
import { ScreenTexts } from "../../screen-texts";

export default async function RecordsPage() {
  const { t } = createTranslator(await requestLocale());
  return (
    <ScreenTexts of={["connections", "diagnosis", "field", "records"]}>
      <Suspense>
        <RecordsScreen />
      </Suspense>
      <p className="page pt-0 text-cap text-fg-3">
        {t("records.note")}{" "}
        <Link href="/records/all" className="link print:hidden">
          {t("records.all")}
        </Link>
      </p>
    </ScreenTexts>
  );
}
