import { expect, test } from "vitest";
import { startInProcessQueue } from "./in-process-queue";
import { WORKERS } from "./step-queue";

/** A queue whose steps end when the test says so. */
function open() {
  const running: string[] = [];
  const ends = new Map<string, () => void>();
  let freed = 0;
  const queue = startInProcessQueue(
    (stepId) => {
      running.push(stepId);
      return new Promise((settle) => ends.set(stepId, settle));
    },
    () => {
      freed += 1;
    },
  );
  const end = async (stepId: string) => {
    ends.get(stepId)?.();
    await new Promise((settle) => setImmediate(settle));
  };
  const steps = (count: number, kind: string) =>
    Array.from({ length: count }, (_, index) => ({ id: `${kind}-${index}`, kind, dueAt: null }));
  return { queue, running, end, steps, freed: () => freed };
}

test("a step that is in hand is not begun again, however often it is offered", async () => {
  const { queue, running, end, steps } = open();
  await queue.offer(steps(1, "import"));
  await queue.offer(steps(1, "import"));
  expect(running).toEqual(["import-0"]);
  await end("import-0");
  await queue.offer(steps(1, "import"));
  expect(running).toEqual(["import-0", "import-0"]);
});

test("uploads keep other steps waiting for nothing", async () => {
  const { queue, running, steps } = open();
  await queue.offer([...steps(WORKERS + 2, "upload"), ...steps(1, "import")]);
  expect(running).toEqual(["upload-0", "upload-1", "upload-2", "upload-3", "import-0"]);
});

test("four long backups keep neither polls nor looks nor uploads waiting", async () => {
  const { queue, running, steps } = open();
  const others = ["await_import", "find_file", "upload"].flatMap((kind) => steps(1, kind));
  await queue.offer([...steps(WORKERS + 1, "backup"), ...others]);
  expect(running.slice(WORKERS)).toEqual(["await_import-0", "find_file-0", "upload-0"]);
});

test("whoever found all workers busy is looked for as soon as one is free", async () => {
  const { queue, end, steps, freed } = open();
  await queue.offer(steps(WORKERS, "upload"));
  await end("upload-0");
  expect(freed()).toBe(0);
  await queue.offer(steps(WORKERS + 1, "upload").slice(1));
  await queue.offer(steps(1, "upload"));
  await end("upload-1");
  expect(freed()).toBe(1);
  await end("upload-2");
  expect(freed()).toBe(1);
});

test("after its stop it begins nothing", async () => {
  const { queue, running, steps } = open();
  await queue.stop();
  await queue.offer(steps(1, "import"));
  expect(running).toEqual([]);
});
