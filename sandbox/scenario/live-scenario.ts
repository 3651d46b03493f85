import { composeScenario, isScenarioName, parseScenarioNames, type Scenario } from "./scenario";

type Listener = (current: Scenario, before: Scenario) => void;

/**
 * What the three servers play at this moment. It can change while they run, so that a test (or a DBA who rehearses) sees
 * red become green. Faults that lie in data (a bucket's class, a database's recovery model) are put there when a
 * scenario begins and taken back when it ends; what a person mends in between stays mended.
 */
export class LiveScenario {
  #names: string;
  #current: Scenario;
  readonly #before: Scenario;
  readonly #listeners: Listener[] = [];
  /** Databases that were closed, in lower case. */
  readonly #closed = new Set<string>();
  #firstLastLog: string | null = null;

  /** `before`: what was played when the folder was last used, where names may have been others. Throws RangeError on an unknown name. */
  constructor(names: string, before = "clean") {
    this.#before = composeScenario(before.split(",").filter(isScenarioName));
    const parsed = parseScenarioNames(names);
    this.#names = parsed.join(",");
    this.#current = composeScenario(parsed);
  }

  /** `tde,ia-bucket`, as `parseScenarioNames` takes it. */
  get names(): string {
    return this.#names;
  }

  get current(): Scenario {
    return this.#current;
  }

  /** Whether the source has let nobody in since it was started: RDS and OSS play on it, which do not see the source. */
  get wereWritesStopped(): boolean {
    return this.#closed.size > 0;
  }

  /** The same of one database, by the name that source and target have in common. */
  wereWritesStoppedOf(database: string): boolean {
    return this.#closed.has(database.toLowerCase());
  }

  /** Told by the source when a database of it is closed to its users. */
  tellWritesStopped(database: string): void {
    this.#closed.add(database.toLowerCase());
  }

  /** The first file that was handed over after writes were stopped: `fileName`, if there was none yet. */
  firstLastLog(fileName: string): string {
    this.#firstLastLog ??= fileName;
    return this.#firstLastLog;
  }

  /** Plays others from now on. Throws RangeError on an unknown name; nothing has changed then. */
  change(names: string): void {
    const before = this.#current;
    const parsed = parseScenarioNames(names);
    this.#current = composeScenario(parsed);
    this.#names = parsed.join(",");
    for (const listener of this.#listeners) listener(this.#current, before);
  }

  /** Told at once what has changed since the folder was last used, and then at every change. */
  follow(listener: Listener): void {
    listener(this.#current, this.#before);
    this.#listeners.push(listener);
  }
}

/** Servers that are started alone may be given a name. */
export function asLive(scenario: LiveScenario | string): LiveScenario {
  return typeof scenario === "string" ? new LiveScenario(scenario) : scenario;
}
