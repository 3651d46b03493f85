/**
 * What browsers read our contracts with, in the place of zod (see next.config.js): the same schemas, a tenth of the weight.
 * It knows what `lib/contracts` uses of zod 4 and nothing else; a contract that uses more fails its test. Types are zod's own:
 * no source imports this file.
 */

type Path = readonly PropertyKey[];

interface Issue {
  code: string;
  path: PropertyKey[];
  message: string;
  /** What comes after is still checked. */
  goesOn: boolean;
}

/** What one reading has found wrong so far. */
class Reading {
  readonly issues: Issue[] = [];

  add(path: Path, code: string, message = code, goesOn = false): void {
    this.issues.push({ code, path: [...path], message, goesOn });
  }

  /** Whether something since `from` left no value to check further. */
  broken(from: number): boolean {
    return this.issues.slice(from).some((issue) => !issue.goesOn);
  }
}

type Read = (value: unknown, path: Path, reading: Reading) => unknown;
type Shape = Readonly<Record<string, Schema>>;
type Pattern = RegExp | undefined;

/** What an object makes of a field that it lacks. */
type Absence = "refused" | "left_out" | "filled";

class Schema {
  readonly read: Read;
  /** Of objects: their fields. */
  readonly shape: Shape;
  readonly absence: Absence;

  constructor(read: Read, shape: Shape = {}, absence: Absence = "refused") {
    this.read = read;
    this.shape = shape;
    this.absence = absence;
  }

  safeParse(value: unknown) {
    const reading = new Reading();
    const data = this.read(value, [], reading);
    const { issues } = reading;
    return issues.length === 0 ? { success: true, data } : { success: false, error: { issues } };
  }

  parse(value: unknown): unknown {
    const parsed = this.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new TypeError(JSON.stringify(parsed.error?.issues));
  }

  /** Goes on with a value that this schema has read. */
  #then(next: Read): Schema {
    return new Schema(
      (value, path, reading) => {
        const before = reading.issues.length;
        const read = this.read(value, path, reading);
        return reading.broken(before) ? read : next(read, path, reading);
      },
      this.shape,
      this.absence,
    );
  }

  #check(passes: (value: unknown) => boolean, code: string, goesOn = true): Schema {
    return this.#then((value, path, reading) => {
      if (!passes(value)) reading.add(path, code, code, goesOn);
      return value;
    });
  }

  nullable(): Schema {
    return new Schema(
      (value, path, reading) => (value === null ? null : this.read(value, path, reading)),
      this.shape,
      this.absence,
    );
  }

  optional(): Schema {
    return new Schema(
      (value, path, reading) => (value === undefined ? undefined : this.read(value, path, reading)),
      this.shape,
      "left_out",
    );
  }

  /** May be left out, and is not `undefined` where it is there. */
  exactOptional(): Schema {
    return new Schema(this.read, this.shape, "left_out");
  }

  nullish(): Schema {
    return this.nullable().optional();
  }

  catch(fallback: unknown): Schema {
    return new Schema(
      (value) => {
        const reading = new Reading();
        const read = this.read(value, [], reading);
        return reading.issues.length === 0 ? read : fallback;
      },
      this.shape,
      "filled",
    );
  }

  default(fallback: unknown): Schema {
    return new Schema(
      (value, path, reading) => (value === undefined ? fallback : this.read(value, path, reading)),
      this.shape,
      "filled",
    );
  }

  min(least: number): Schema {
    return this.#check((value) => measure(value) >= least, "too_small");
  }

  max(most: number): Schema {
    return this.#check((value) => measure(value) <= most, "too_big");
  }

  int(): Schema {
    return this.#check(Number.isSafeInteger, "invalid_type", false);
  }

  regex(pattern: RegExp): Schema {
    return this.#check((value) => pattern.test(String(value)), "invalid_format");
  }

  trim(): Schema {
    return this.#then((value) => String(value).trim());
  }

  extend(more: Shape): Schema {
    return object({ ...this.shape, ...more });
  }

  catchall(others: Schema): Schema {
    return object(this.shape, false, others);
  }

  superRefine(
    refine: (
      value: unknown,
      context: { addIssue: (issue: { code: string; message: string; path: Path }) => void },
    ) => void,
  ): Schema {
    return this.#then((value, path, reading) => {
      const addIssue = (issue: { code: string; message: string; path: Path }) =>
        reading.add([...path, ...issue.path], issue.code, issue.message, true);
      refine(value, { addIssue });
      return value;
    });
  }
}

/** What `min` and `max` compare: a number itself, the length of anything else. */
function measure(value: unknown): number {
  return typeof value === "string" || Array.isArray(value) ? value.length : Number(value);
}

/** Takes a value as it is, or not at all. */
function only(passes: (value: unknown) => boolean, code = "invalid_type"): Schema {
  return new Schema((value, path, reading) => {
    if (!passes(value)) reading.add(path, code);
    return value;
  });
}

const isString = (value: unknown): value is string => typeof value === "string";
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A string of one format; `read` gives null for what is not of it. */
function format(read: (text: string) => string | null): Schema {
  return new Schema((value, path, reading) => {
    if (!isString(value)) {
      reading.add(path, "invalid_type");
      return value;
    }
    const text = read(value);
    if (text === null) reading.add(path, "invalid_format", "invalid_format", true);
    return text ?? value;
  });
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

/** A day that the calendar has: `Date` reads 30 February as a day of March. */
function isDay(text: string): boolean {
  const time = DAY.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function readUrl(text: string, protocol: Pattern): string | null {
  const trimmed = text.trim();
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
  if (url === null || (protocol && !protocol.test(url.protocol.replace(/:$/, "")))) return null;
  return trimmed.replace(/[\t\n\r]/g, "");
}

/** `others`: what reads a field that the shape has not. Without it such a field is left out, or refused where `strict`. */
function object(shape: Shape, strict = false, others?: Schema): Schema {
  return new Schema((value, path, reading) => {
    if (!isObject(value)) {
      reading.add(path, "invalid_type");
      return value;
    }
    const read: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(shape)) {
      const isThere = key in value;
      if (!isThere && field.absence === "left_out") continue;
      const before = reading.issues.length;
      const found = field.read(value[key], [...path, key], reading);
      if (isThere || field.absence === "filled") read[key] = found;
      else if (reading.issues.length === before) reading.add([...path, key], "invalid_type");
    }
    const more = Object.keys(value).filter((key) => !Object.hasOwn(shape, key) && key !== "__proto__");
    if (others) for (const key of more) read[key] = others.read(value[key], [...path, key], reading);
    else if (strict && more.length > 0) reading.add(path, "unrecognized_keys", "unrecognized_keys", true);
    return read;
  }, shape);
}

/** The first option that reads the value. */
function union(options: readonly Schema[]): Schema {
  return new Schema((value, path, reading) => {
    for (const option of options) {
      const attempt = new Reading();
      const read = option.read(value, path, attempt);
      if (attempt.issues.length === 0) return read;
    }
    reading.add(path, "invalid_union");
    return value;
  });
}

/** The option whose `key` reads the value's: only its complaints are told. */
function discriminatedUnion(key: string, options: readonly Schema[]): Schema {
  return new Schema((value, path, reading) => {
    if (!isObject(value)) {
      reading.add(path, "invalid_type");
      return value;
    }
    const option = options.find((candidate) => candidate.shape[key]?.safeParse(value[key]).success);
    if (option) return option.read(value, path, reading);
    reading.add([...path, key], "invalid_union");
    return value;
  });
}

function array(item: Schema): Schema {
  return new Schema((value, path, reading) => {
    if (Array.isArray(value)) return value.map((one, index) => item.read(one, [...path, index], reading));
    reading.add(path, "invalid_type");
    return value;
  });
}

/** Keys that `key` does not take are unknown ones, whatever stands under them. */
function record(key: Schema, entry: Schema): Schema {
  return new Schema((value, path, reading) => {
    if (!isObject(value)) {
      reading.add(path, "invalid_type");
      return value;
    }
    const read: Record<string, unknown> = {};
    for (const name of Object.keys(value)) {
      if (name === "__proto__") continue;
      if (key.safeParse(name).success) read[name] = entry.read(value[name], [...path, name], reading);
      else reading.add(path, "unrecognized_keys");
    }
    return read;
  });
}

const oneOf = (values: readonly unknown[]) => only((value) => values.includes(value), "invalid_value");

export const z = {
  string: () => only(isString),
  number: () => only(Number.isFinite),
  boolean: () => only((value) => typeof value === "boolean"),
  null: () => only((value) => value === null),
  never: () => only(() => false),
  unknown: () => new Schema((value) => value),
  literal: (value: unknown) => oneOf([value]),
  enum: oneOf,
  url: ({ protocol }: { protocol?: RegExp } = {}) => format((text) => readUrl(text, protocol)),
  iso: {
    date: () => format((text) => (isDay(text) ? text : null)),
    datetime: () =>
      format((text) =>
        isDay(text.slice(0, 10)) && text[10] === "T" && TIME.test(text.slice(11)) ? text : null,
      ),
  },
  array,
  record,
  partialRecord: record,
  object: (shape: Shape) => object(shape),
  strictObject: (shape: Shape) => object(shape, true),
  union,
  discriminatedUnion,
};
