/** Another worker has the step by now, or its migration was cancelled: what this one knows may be written no more. */
export class ClaimLostError extends Error {
  constructor(stepId: string) {
    super(`The claim of step ${stepId} was lost`);
    this.name = "ClaimLostError";
  }
}
