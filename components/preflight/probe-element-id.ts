/** The row that a blocker leads to. */
export const probeElementId = (probeId: string) => `probe-${probeId}`;
