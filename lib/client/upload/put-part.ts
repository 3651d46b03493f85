/** No byte moved for so long: the connection is dead, whatever it says. */
const SILENCE_MS = 60_000;

export interface PutAnswer {
  status: number;
  body: string;
  /** What OSS computed; null when the bucket's rules hide the header. */
  crc64: string | null;
}

/** Nothing came back: no network, a refused preflight, a proxy that hung up. */
export class NoAnswer extends Error {
  constructor() {
    super("The request had no answer.");
    this.name = "NoAnswer";
  }
}

/** PUT with progress, which fetch does not tell. Rejects with `NoAnswer` or the signal's reason. */
export function putPart(
  url: string,
  body: Blob,
  options: { signal: AbortSignal; onProgress: (sentBytes: number) => void },
): Promise<PutAnswer> {
  const { signal, onProgress } = options;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let silence: ReturnType<typeof setTimeout>;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => request.abort(), SILENCE_MS);
    };
    const stop = () => request.abort();
    request.upload.onprogress = (event) => {
      heard();
      onProgress(event.loaded);
    };
    request.onload = () => {
      const crc64 = request.getResponseHeader("x-oss-hash-crc64ecma");
      resolve({ status: request.status, body: request.responseText, crc64 });
    };
    request.onerror = () => reject(new NoAnswer());
    request.onabort = () => reject(signal.aborted ? signal.reason : new NoAnswer());
    request.onloadend = () => {
      clearTimeout(silence);
      signal.removeEventListener("abort", stop);
    };
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener("abort", stop);
    request.open("PUT", url);
    heard();
    request.send(body);
  });
}
