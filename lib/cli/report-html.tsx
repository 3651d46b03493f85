import { renderToStaticMarkup } from "react-dom/server";
import { PaperOfReport } from "@/components/report/paper";
import type { ReportView } from "@/lib/contracts/report";
import type { Locale } from "@/lib/format/locale";
import { createTranslator } from "@/lib/i18n/translator";

/** What the document may load: nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:";

/** The record of a migration as an HTML document that needs nothing beside itself. */
export function reportHtml(
  report: ReportView,
  locale: Locale,
  { css, font }: { css: string; font: Buffer },
): string {
  const face = `@font-face{font-family:"Inter Variable";font-weight:100 900;src:url(data:font/woff2;base64,${font.toString("base64")})}`;
  const title = escapeText(`${report.migration.name} ${report.migration.id}`);
  const paper = renderToStaticMarkup(<PaperOfReport report={report} texts={createTranslator(locale)} />);
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8">`,
    `<meta http-equiv="content-security-policy" content="${POLICY}"><title>${title}</title>`,
    `<style>${face}body{margin:0}b,strong{font-weight:600}${css}</style></head><body>${paper}</body></html>`,
  ].join("");
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
