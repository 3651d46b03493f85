import { chainOrder } from "@/components/migration/chain/chain-order";
import { fileVerdict, verdictText } from "@/components/verdict/verdict-text";
import type { BackupFileView } from "@/lib/contracts/migration";
import type { ReportView } from "@/lib/contracts/report";
import { formatSourceTime } from "@/lib/format/format-instant";
import { usePaper } from "./paper-context";
import { PaperSection, PaperTable } from "./paper-parts";

/** Every file with what proves it: LSNs whole, sizes, checksums, times; then what was set aside, and why. */
export function PaperChain({ report: { migration } }: { report: ReportView }) {
  const paper = usePaper();
  const { t, tx, bytes } = paper;
  const files = chainOrder(migration.files, migration.chain.targetLsn).flatMap((entry) =>
    entry.type === "file" ? [entry] : [],
  );
  const aside = files.filter(({ number }) => number === null);
  const place = migration.bucket ? `oss://${migration.bucket}/${migration.prefix ?? ""}` : "–";
  return (
    <PaperSection title={t("report.chain.title")} note={t("report.chain.note", { place })}>
      <PaperTable
        caption={t("report.chain.title")}
        head={[
          t("report.chain.file"),
          `>${t("report.chain.size")}`,
          t("report.chain.lsn"),
          t("report.chain.time"),
          t("report.chain.at"),
        ]}
        rows={files
          .filter(({ number }) => number !== null)
          .map(({ file, number }) => ({
            key: file.id,
            cells: [
              <Name key="name" file={file} number={number} />,
              file.sizeBytes === null ? "–" : bytes(file.sizeBytes),
              <Lines key="lsn" lines={[file.firstLsn, file.lastLsn]} code />,
              <Lines
                key="time"
                lines={[file.startedAtLocal, file.finishedAtLocal].map(
                  (local) => local && formatSourceTime(local),
                )}
              />,
              <Lines
                key="at"
                lines={[file.uploadedAt, file.importedAt].map((at) => at && paper.at(at, "full"))}
              />,
            ],
          }))}
      />
      {aside.length > 0 ? (
        <>
          <h3>{t("report.chain.aside")}</h3>
          <ul>
            {aside.map(({ file }) => (
              <li key={file.id}>
                {file.name}: {tx(`files.state.${file.state}`, {}, file.state)}
                {file.verdict ? `. ${verdictText(fileVerdict(migration, file), paper).what}` : ""}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </PaperSection>
  );
}

function Name({ file, number }: { file: BackupFileView; number: number | null }) {
  const { t } = usePaper();
  const type = t(file.type ? `files.backup.${file.type}` : "files.backup.unknown");
  const marks = [file.tail ? t("files.tail") : "", file.final ? t("files.final") : ""].filter(Boolean);
  const witness = file.witness && file.witness.by !== "bytes" ? file.witness : null;
  return (
    <>
      {number}. {type}
      {marks.length > 0 ? ` (${marks.join(", ")})` : ""}
      <br />
      <code>{file.name}</code>
      <br />
      {file.crc64 ? (
        <span className="paper-line">
          {t("report.chain.crc")} <code>{file.crc64}</code>
        </span>
      ) : (
        t("report.chain.not_uploaded")
      )}
      {witness ? (
        <>
          <br />
          {t("report.chain.source_of_word", { by: witness.who ?? t(`files.witness.${witness.by}`) })}
        </>
      ) : null}
    </>
  );
}

function Lines({ lines, code }: { lines: readonly (string | null)[]; code?: boolean }) {
  const [first, second] = lines.map((line) => line ?? "–");
  const inside = (
    <>
      {first}
      <br />
      {second}
    </>
  );
  return code ? <code className="paper-line">{inside}</code> : <span className="paper-line">{inside}</span>;
}
