import type { BackupSet } from "@/lib/backup/header";
import { formatLsn, type Lsn } from "@/lib/backup/lsn";
import { assessChain, type ChainInput } from "@/lib/chain/assess-chain";
import type { ChainVerdict } from "@/lib/chain/verdict";
import { readBackupFile } from "./read-backup-file";
import { type ChainCase, readCases } from "./read-cases";
import { textTable } from "./text-table";

/**
 * `chainferry chain`: whether backup files (or the piles of headers in `casesFile`) form a chain. Prints verdicts as
 * text or (`json`) as one JSON array. Returns the exit code: for files 1 when the chain does not hold; for cases 0,
 * as their verdicts are data; 2 when the cases cannot be read.
 */
export async function runChainCommand(options: {
  files: string[];
  casesFile?: string;
  json: boolean;
}): Promise<number> {
  let cases: ChainCase[];
  try {
    cases =
      options.casesFile === undefined
        ? [{ id: "files", input: await readFiles(options.files) }]
        : await readCases(options.casesFile);
  } catch (error) {
    process.stderr.write(`chainferry chain: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  const verdicts = cases.map(({ id, input }) => ({ id, input, verdict: assessChain(input) }));
  const text = options.json
    ? JSON.stringify(
        verdicts.map(({ id, verdict }) => verdictJson(id, verdict)),
        null,
        2,
      )
    : verdicts.map(({ id, input, verdict }) => verdictText(id, input, verdict)).join("\n\n");
  process.stdout.write(`${text}\n`);
  return options.casesFile !== undefined || verdicts.every(({ verdict }) => verdict.ok) ? 0 : 1;
}

/** A file that is still growing makes its last set incomplete only: the ones before it are closed. */
async function readFiles(paths: string[]): Promise<ChainInput> {
  if (paths.length === 0) throw new Error("name backup files, or a file of cases with --cases");
  const input: ChainInput = { files: [], unreadable: [] };
  for (const name of paths) {
    const reading = await readBackupFile(name);
    if (!reading.ok) {
      input.unreadable?.push({ name, code: reading.error.code });
      continue;
    }
    reading.sets.forEach((set, i) => {
      input.files.push({ name, complete: reading.complete || i < reading.sets.length - 1, set });
    });
  }
  return input;
}

function verdictJson(id: unknown, { ok, order, reachedLsn, problems }: ChainVerdict): object {
  const digits = (lsn: Lsn | undefined): string | undefined =>
    lsn === undefined ? undefined : formatLsn(lsn);
  return {
    id,
    ok,
    order,
    reachedLsn: reachedLsn === null ? null : formatLsn(reachedLsn),
    // JSON leaves out what is undefined.
    problems: problems.map(({ kind, file, fromLsn, toLsn, message }) => ({
      kind,
      file,
      fromLsn: digits(fromLsn),
      toLsn: digits(toLsn),
      message,
    })),
  };
}

function verdictText(id: unknown, input: ChainInput, verdict: ChainVerdict): string {
  const { ok, order, reachedLsn, problems, need } = verdict;
  const byLabel = new Map<string, BackupSet>(
    input.files.flatMap(({ name, set }): [string, BackupSet][] => [
      [name, set],
      [`${name}#${set.position}`, set],
    ]),
  );
  const rows = order.map((label, i) => {
    const set = byLabel.get(label) ?? byLabel.get(label.split("+")[0] ?? "");
    return [String(i + 1), label, set?.type ?? "", `${set?.firstLsn ?? ""}`, `${set?.lastLsn ?? ""}`];
  });
  const lines = [
    `${String(id)}: ${ok ? "the chain holds" : "the chain does not hold"}${reachedLsn === null ? "" : `, to LSN ${reachedLsn}`}`,
  ];
  if (rows.length > 0) lines.push(textTable(["", "File", "Type", "First LSN", "Last LSN"], rows, [0, 3, 4]));
  for (const { kind, message } of problems) lines.push(`- ${kind}: ${message}`);
  if (need.kind === "full") lines.push("Next: a full backup.");
  else lines.push(`Next: a log backup that begins at or before LSN ${need.atLsn}, or a newer differential.`);
  return lines.join("\n");
}
