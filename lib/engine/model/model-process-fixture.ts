/** A process that was killed: nothing that it calls is answered any more. */
export class Killed extends Error {
  constructor() {
    super("The process was killed");
    this.name = "Killed";
  }
}

/** What befalls a process where it speaks to store or world: at the nth place, or at the first of a name. */
export interface ProcessFault {
  at: number | string;
  what: "kill" | "stop";
}

type State = "runs" | "stopped" | "killed";

/** One worker. It speaks to the rest through its gate, where it may be stopped, as by SIGSTOP, or killed. */
export class ModelProcess {
  private state: State = "runs";
  private passed = 0;
  private fault: ProcessFault | null = null;
  private onFault: (() => void) | null = null;
  private onStop: (() => void) | null = null;
  /** Where it stopped. */
  stoppedAt: string | null = null;
  stoppedSinceMs = 0;

  constructor(private readonly now: () => number) {}

  /** From here on; told when it happened, and when it stopped. */
  plan(fault: ProcessFault | null, told: { onFault?: () => void; onStop?: () => void } = {}): void {
    this.passed = 0;
    this.fault = fault;
    this.onFault = told.onFault ?? null;
    this.onStop = told.onStop ?? null;
  }

  gate = async (where: string): Promise<void> => {
    this.passed += 1;
    const { fault } = this;
    if (fault && this.state === "runs" && (fault.at === this.passed || fault.at === where)) {
      this.fault = null;
      this.onFault?.();
      if (fault.what === "kill") this.state = "killed";
      else this.stop(where);
    }
    if (this.state === "stopped") await this.waiting();
    if (this.state === "killed") throw new Killed();
  };

  private waits: (() => void)[] = [];

  private waiting(): Promise<void> {
    return new Promise((settle) => this.waits.push(settle));
  }

  private stop(where: string): void {
    this.state = "stopped";
    this.stoppedAt = where;
    this.stoppedSinceMs = this.now();
    this.onStop?.();
  }

  get isStopped(): boolean {
    return this.state === "stopped";
  }

  resume(): void {
    this.end("runs");
  }

  kill(): void {
    this.end("killed");
  }

  private end(state: State): void {
    this.state = state;
    this.stoppedAt = null;
    const waits = this.waits.splice(0);
    for (const settle of waits) settle();
  }
}
