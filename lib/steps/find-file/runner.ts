import type { ChainProblem, ChainVerdict } from "@/lib/chain/verdict";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { type FileProblem, fullInsteadOfLog, isSpent } from "@/lib/migration/judge-reading";
import { roundOfKey } from "@/lib/migration/step-key";
import type { NewEvent } from "@/lib/migration/vocabulary/events";
import { Prisma } from "@/lib/store/generated/client";
import { moveFile } from "@/lib/store/move-file";
import type { FileRow } from "@/lib/store/typed-rows";
import { holdForTimeline } from "../inspect/hold-for-timeline";
import { isUsable, verdictJson } from "../inspect/inspect-object";
import { judgePile, passedRefusals } from "../inspect/judge-pile";
import { type ProjectedTarget, projectedTarget } from "../inspect/projected-target";
import type { Outcome as AnyOutcome, StepRun } from "../step-run";
import { witnessEvents } from "../witness-events";
import type { findFile } from "./definition";

type Run = StepRun<typeof findFile>;
type Outcome = AnyOutcome<typeof findFile>;

import { askWitnesses, type Witnessed } from "./ask-witnesses";
import { type Conversion, convertCandidates } from "./convert-candidates";
import { holdRefusedOften } from "./hold-refused-often";
import { type BucketWatch, type Candidate, isFileSystemError, type Seen } from "./list-candidates";
import { type Found, lookForCandidates } from "./look-for-candidates";
import { noteUnknownLayouts } from "./note-unknown-layouts";
import { overlookedEvents } from "./overlooked-events";
import { registerCandidates } from "./register-candidates";
import type { Overlooked } from "./walk-folder";

/**
 * Looks at files that appear by themselves (a folder, or a prefix of the bucket), recognises each by its header and
 * picks the one that continues the chain: order by LSN, never by name or date. What does not fit is refused with the
 * file that is needed instead, and looked at again when something new arrives.
 */
export async function runFindFile(run: Run): Promise<Outcome> {
  const seen = { ...run.checkpoint?.seen };
  const key = run.input.key ?? null;
  let found: Found;
  let converted: Conversion;
  let witnessed: Witnessed;
  try {
    found = await lookForCandidates(run, seen, key);
    witnessed = await askWitnesses(run, found.candidates);
    converted = await convertCandidates(run, witnessed.candidates);
  } catch (error) {
    if (!isFileSystemError(error)) throw error;
    return folderUnreadable(run, error);
  }
  const { candidates } = converted;
  const conversions: NewEvent[] = [
    ...converted.events,
    ...candidates.flatMap(({ name, witness }) => (witness ? witnessEvents(name, witness) : [])),
    ...(await overlookedEvents(run, [...found.overlooked, ...unread(candidates)])),
  ];
  await noteUnknownLayouts(run, found.candidates);
  const fresh = candidates.filter(
    ({ reading, unread: asked }) => asked !== undefined || (reading.ok && reading.complete),
  );
  for (const candidate of [...found.candidates, ...candidates]) {
    // An incomplete file is looked at again until it is whole.
    const isWhole = !candidate.reading.ok || candidate.reading.complete;
    if (isWhole && !witnessed.unasked.has(candidate.identity)) seen[candidate.identity] = candidate.version;
  }
  const registered = await registerCandidates(run, fresh);
  conversions.push(...refusedAtOnce(run, registered));
  const files = [
    ...run.migration.files.filter((file) => !registered.some((row) => row.id === file.id)),
    ...registered,
  ];
  const projected = projectedTarget(run.migration, roundOfKey(run.step.key) ?? 0);
  const at = { target: projected.target, key };
  let migration = { ...run.migration, files };
  let judged = judgePile(migration, at);
  if (!judged.settled) {
    const held = await holdForTimeline(run, judged.verdict.identity);
    if ("hold" in held) {
      const events = [...conversions, ...foundEvents(run, judged.files), ...(held.hold.events ?? [])];
      return {
        ...held.hold,
        ...(held.hold.type === "wait" ? { checkpoint: checkpointOf(seen, found.watch) } : {}),
        events,
      };
    }
    migration = { ...migration, timelines: held.known };
    judged = judgePile(migration, at);
  }
  const { verdict, files: usable } = judged;
  // RDS may still fail to restore what makes them superfluous.
  const passed = projected.ahead ? [] : passedRefusals(migration, projected.target);
  const next = usable.find((file) => file.id === verdict.order[0]);
  const resting = next && key === null ? holdRefusedOften(run, next) : null;
  if (resting) {
    const events = [...conversions, ...foundEvents(run, usable)];
    return { ...resting, checkpoint: checkpointOf(seen, found.watch), events };
  }
  const outcome = next
    ? pickFile(run, next, { verdict, usable, passed, projected })
    : nothingFits(run, {
        usable,
        passed,
        verdict,
        projected,
        seen,
        watch: found.watch,
        wait: run.input.wait,
        asked: files.filter((file) => file.unread !== null && isUsable(file)),
      });
  return { ...outcome, events: [...conversions, ...(outcome.events ?? [])] };
}

/** What no chain could make use of, striped or with several backups in it: nothing is lost unsaid. */
function refusedAtOnce(run: Run, registered: readonly FileRow[]): NewEvent[] {
  const known = new Set(run.migration.files.map(({ id, state }) => `${id} ${state}`));
  return registered.flatMap(({ id, state, name, verdict }): NewEvent[] => {
    if (state !== "failed" || verdict === null || known.has(`${id} ${state}`)) return [];
    const { kind, fromLsn, toLsn, message } = verdict;
    return [{ type: "file_refused", payload: { file: name, kind, fromLsn, toLsn, message } }];
  });
}

/** Backups about which a person is asked: said, where what is no backup at all is left alone. */
function unread(candidates: readonly Candidate[]): Overlooked[] {
  return candidates.flatMap(({ unread: asked, identity }) =>
    asked ? [{ relativePath: identity, why: asked.seal }] : [],
  );
}

function checkpointOf(seen: Seen, watch: BucketWatch | null) {
  return { seen, watch: watch ? { ...watch } : null };
}

/** A share that is not there now is waited for, and said: it may be mounted again in a minute. */
function folderUnreadable(run: Run, error: NodeJS.ErrnoException): Outcome {
  const path = error.path ?? run.migration.localFolder ?? "";
  run.ctx.log.warn({ code: error.code, path }, "folder of backups can't be read");
  return {
    type: "wait",
    status: "retrying",
    afterMs: run.settings.baseMs * 5,
    failure: ruleFailure("upload_file_missing", { path }),
    attempt: 1,
  };
}

function foundEvents(run: Run, usable: FileRow[]): NewEvent[] {
  const before = new Set(run.migration.files.map((file) => file.id));
  return usable
    .filter((file) => !before.has(file.id))
    .map((file) => ({
      type: "file_found",
      payload: { file: file.name, sizeBytes: Number(file.sizeBytes ?? 0) },
    }));
}

interface Judged {
  usable: FileRow[];
  passed: ReturnType<typeof passedRefusals>;
  verdict: ChainVerdict;
  projected: ProjectedTarget;
}

function pickFile(run: Run, next: FileRow, { verdict, usable, passed, projected }: Judged): Outcome {
  const { step } = run;
  const uploaded = next.uploadedAt !== null;
  const planned = new Set(verdict.order);
  // What the chain has no use for any more leaves the pile; what only waits its turn stays, as does everything while
  // RDS may still fail to restore what makes it superfluous.
  const dropped = projected.ahead
    ? []
    : [
        ...passed,
        ...usable
          .filter((file) => !planned.has(file.id))
          .map((file) => ({ file, problem: problemOf(verdict, file.id) }))
          .filter(({ problem }) => isSpent(problem)),
      ];
  return {
    type: "done",
    result: { file: next.name, waiting: verdict.order.length - 1 },
    events: [
      ...foundEvents(run, usable),
      ...dropped.map(({ file, problem }) => ({
        type: "file_skipped" as const,
        payload: { file: file.name, reason: problem?.kind ?? ("not-needed" as const) },
      })),
    ],
    write: async (tx) => {
      await moveFile(tx, next.id, uploaded ? "uploaded" : "written", { verdict: Prisma.DbNull });
      await tx.migrationStep.update({ where: { id: step.id }, data: { fileId: next.id } });
      for (const { file, problem } of dropped) {
        await moveFile(tx, file.id, "skipped", problem ? { verdict: verdictJson(named(problem, file)) } : {});
      }
    },
  };
}

function problemOf(verdict: ChainVerdict, fileId: string): ChainProblem | undefined {
  return verdict.problems.find((problem) => problem.file === fileId);
}

/** The pile is named by row id so that equal names can't be confused; people read the file's name. */
function named(problem: ChainProblem, file: FileRow): ChainProblem {
  return { ...problem, file: file.name, message: problem.message.replaceAll(file.id, file.name) };
}

function nothingFits(
  run: Run,
  found: Judged & {
    seen: Seen;
    watch: BucketWatch | null;
    wait: boolean;
    /** Nobody but a person can say what they are, or whether they may go on. */
    asked: FileRow[];
  },
): Outcome {
  const { usable, verdict, projected, seen } = found;
  const { target } = projected;
  const refused: { file: FileRow; problem: FileProblem }[] = [];
  const skipped = found.passed.map(({ file, problem }) => ({ file, problem: named(problem, file) }));
  for (const file of usable) {
    const known =
      problemOf(verdict, file.id) ??
      verdict.problems.find((problem) => problem.kind === "gap" || problem.kind === "no-full");
    const problem = known ?? { kind: "not-needed" as const, message: `${file.name} is not needed.` };
    const isOther = problem.kind === "fork" || problem.kind === "wrong-database";
    const mistaken = target !== null && file.type === "full" && !isOther;
    if (isSpent(problem) && !mistaken) {
      if (!projected.ahead) skipped.push({ file, problem: named(problem, file) });
    } else
      refused.push({
        file,
        problem: mistaken ? fullInsteadOfLog(file.name, target.lsn) : named(problem, file),
      });
  }
  const news = refused.filter(({ file }) => file.state !== "refused");
  const events: NewEvent[] = [
    ...foundEvents(run, usable),
    ...skipped.map(({ file, problem }) => ({
      type: "file_skipped" as const,
      payload: { file: file.name, reason: problem.kind },
    })),
    ...news.map(({ file, problem }) => ({
      type: "file_refused" as const,
      payload: {
        file: file.name,
        kind: problem.kind,
        fromLsn: problem.fromLsn?.toString() ?? null,
        toLsn: problem.toLsn?.toString() ?? null,
        message: problem.message,
      },
    })),
  ];
  const write: NonNullable<Outcome["write"]> = async (tx) => {
    for (const { file, problem } of refused) {
      await moveFile(tx, file.id, "refused", { verdict: verdictJson(problem) });
    }
    for (const { file, problem } of skipped) {
      await moveFile(tx, file.id, "skipped", { verdict: verdictJson(problem) });
    }
  };
  if (!found.wait) return { type: "done", result: { file: null }, events, write };
  const [first] = found.asked;
  const params = { file: first?.name ?? "", count: found.asked.length };
  return {
    type: "wait",
    ...(first
      ? { status: "waiting_for_user", failure: ruleFailure("file_unread", params) }
      : { status: "waiting_for_backup" }),
    afterMs: run.settings.baseMs * 2,
    checkpoint: checkpointOf(seen, found.watch),
    events,
    write,
  };
}
