import { describe, expect, test } from "vitest";
import { crc64 } from "@/lib/backup/crc64";
import { PartError, type SendFileInput, type SendProgress, sendFile } from "./send-file";

const PART = 1000;
const bytes = Uint8Array.from({ length: 10_500 }, (_, index) => (index * 7) & 255);
const file = new Blob([bytes]);
const partBytes = (number: number) => bytes.subarray((number - 1) * PART, number * PART);
const crcOf = (number: number) => crc64(partBytes(number)).toString();

/** A bucket in memory; `answer` may fail a part or say another checksum. */
function bucket(answer: (number: number, attempt: number) => string | null = (number) => crcOf(number)) {
  const sent: number[] = [];
  let onLine = 0;
  let most = 0;
  const put: SendFileInput["put"] = async ({ number, body, onProgress }) => {
    sent.push(number);
    onLine += 1;
    most = Math.max(most, onLine);
    onProgress(body.size / 2);
    await new Promise((settle) => setImmediate(settle));
    onLine -= 1;
    return answer(number, sent.filter((other) => other === number).length);
  };
  return { sent, put, most: () => most };
}

function send(change: Partial<SendFileInput>): Promise<Awaited<ReturnType<typeof sendFile>>> {
  return sendFile({
    file,
    partSize: PART,
    partCount: 11,
    have: new Map(),
    checksums: new Map(),
    signal: new AbortController().signal,
    way: () => "direct",
    gate: () => Promise.resolve(),
    put: bucket().put,
    onNoAnswer: () => Promise.resolve(),
    onProgress: () => undefined,
    delayMs: () => 0,
    ...change,
  });
}

describe("sendFile", () => {
  test("sends every part once, several at a time, and knows the checksum of the whole", async () => {
    const { sent, put, most } = bucket();
    const progress: SendProgress[] = [];
    const result = await send({ put, onProgress: (now) => progress.push(now) });
    expect(result).toEqual({ crc64: crc64(bytes), partsReused: 0, partsRetried: 0 });
    expect([...sent].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(most()).toBeGreaterThanOrEqual(3);
    expect(most()).toBeLessThanOrEqual(6);
    expect(progress.at(-1)).toMatchObject({ doneBytes: bytes.length, partsDone: 11 });
  });

  test("sends nothing that is there and equal, and again what is there and differs", async () => {
    const { sent, put } = bucket();
    const have = new Map<number, string | null>([1, 2, 5, 11].map((number) => [number, crcOf(number)]));
    have.set(2, "1");
    have.set(5, null);
    const result = await send({ put, have });
    expect([...sent].sort((a, b) => a - b)).toEqual([2, 3, 4, 6, 7, 8, 9, 10]);
    expect(result).toMatchObject({ crc64: crc64(bytes), partsReused: 3 });
  });

  test("sends a part again when the checksum differs, and gives up after some", async () => {
    const { sent, put } = bucket((number, attempt) => (number === 4 && attempt < 3 ? "1" : crcOf(number)));
    expect(await send({ put })).toMatchObject({ partsRetried: 2 });
    expect(sent.filter((number) => number === 4)).toHaveLength(3);
    const broken = bucket((number) => (number === 4 ? "1" : crcOf(number)));
    await expect(send({ put: broken.put })).rejects.toMatchObject({ failure: "refused", detail: "crc64" });
  });

  test("waits for a line that is down, and asks for the other way after three silences", async () => {
    const { put } = bucket((number, attempt) => {
      if (number === 1 && attempt <= 7) throw new PartError("no_answer", "network");
      return crcOf(number);
    });
    let asked = 0;
    const result = await send({
      put,
      onNoAnswer: async () => {
        asked += 1;
      },
    });
    expect(result).toMatchObject({ crc64: crc64(bytes), partsRetried: 7 });
    expect(asked).toBeGreaterThanOrEqual(1);
  });

  test("stops at once for what no trying mends", async () => {
    const { sent, put } = bucket((number) => {
      if (number === 2) throw new PartError("gone", "NoSuchUpload");
      return crcOf(number);
    });
    await expect(send({ put })).rejects.toMatchObject({ failure: "gone" });
    expect(sent.length).toBeLessThan(11);
  });

  test("holds while paused, and ends with the signal", async () => {
    const { sent, put } = bucket();
    let open: () => void = () => undefined;
    const gate = new Promise<void>((settle) => {
      open = settle;
    });
    const running = send({ put, gate: () => gate });
    await new Promise((settle) => setImmediate(settle));
    expect(sent).toEqual([]);
    open();
    await running;
    const abort = new AbortController();
    const slow = bucket((number) => {
      abort.abort(new Error("closed"));
      return crcOf(number);
    });
    await expect(send({ put: slow.put, signal: abort.signal })).rejects.toThrow("closed");
    expect(slow.sent.length).toBeLessThan(11);
  });
});
