import { PROBLEM_KINDS } from "@/lib/chain/problem-kind";

/** The chain's words, and two that only a single file can have. Texts are `verdict.*.<kind>`. */
export const FILE_PROBLEM_KINDS = [...PROBLEM_KINDS, "full-instead-of-log", "several-sets"] as const;
export type FileProblemKind = (typeof FILE_PROBLEM_KINDS)[number];

/** Why a file is left out: what the chain says of it, or that a person said so. */
export const SKIP_REASONS = [...FILE_PROBLEM_KINDS, "by_person"] as const;
