/** What a bar of the timeline stands for; steps of one that follow each other are one bar. Texts are `timeline.bar.<stage>`. */
export const BAR_STAGES = ["check", "backup", "search", "upload", "import", "open"] as const;
export type BarStage = (typeof BAR_STAGES)[number];

/** How a fact of a step is written; `wire`: only for who talks to the provider. */
export const FACT_LOOKS = ["text", "mono", "id", "bytes", "wire"] as const;
export type FactLook = (typeof FACT_LOOKS)[number];
