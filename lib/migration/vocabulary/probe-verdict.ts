/** What a probe's answer means for the migration; `unknown`: it could not be asked. */
export const PROBE_VERDICTS = ["pass", "warn", "block", "unknown"] as const;
export type ProbeVerdict = (typeof PROBE_VERDICTS)[number];
