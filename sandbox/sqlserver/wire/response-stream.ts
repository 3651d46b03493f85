import { ByteWriter } from "./byte-writer";
import { HEADER_BYTES, PACKET, packet } from "./packets";

/** One reply message: tokens are collected into packets; `flush` sends a packet early, `end` the last one. */
export class ResponseStream {
  readonly writer = new ByteWriter();
  private waiting: Buffer[] = [];
  private waitingBytes = 0;
  private number = 1;
  private ended = false;

  constructor(
    private readonly send: (bytes: Buffer) => void,
    private readonly spid: number,
    private readonly packetSize: number,
  ) {}

  /** Whether anything of this message has been sent. */
  get begun(): boolean {
    return this.number > 1;
  }

  /** Hands finished tokens over; whole packets go out at once. */
  commit(): void {
    const bytes = this.writer.take();
    this.waiting.push(bytes);
    this.waitingBytes += bytes.length;
    const room = this.packetSize - HEADER_BYTES;
    if (this.waitingBytes <= room) return;
    let all = Buffer.concat(this.waiting);
    while (all.length > room) {
      this.sendPacket(all.subarray(0, room), false);
      all = all.subarray(room);
    }
    this.waiting = [all];
    this.waitingBytes = all.length;
  }
  flush(): void {
    this.commit();
    if (this.waitingBytes === 0) return;
    this.sendPacket(Buffer.concat(this.waiting), false);
    this.waiting = [];
    this.waitingBytes = 0;
  }
  end(): void {
    if (this.ended) return;
    this.commit();
    this.ended = true;
    this.sendPacket(Buffer.concat(this.waiting), true);
  }
  private sendPacket(body: Buffer, end: boolean): void {
    this.send(packet(PACKET.reply, body, { end, spid: this.spid, number: this.number++ }));
  }
}
