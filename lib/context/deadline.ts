import { AppError } from "@/lib/diagnosis/app-error";

/** The promise's value, or `external_timeout` after so many milliseconds. The work itself goes on until its own time-out. */
export async function withDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const seconds = Math.round(milliseconds / 1000);
    timer = setTimeout(
      () => reject(new AppError("external_timeout", "probe_timeout", { seconds })),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
