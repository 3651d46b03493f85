import { type messages, type PGlite, protocol, type QueryOptions, type Results } from "@electric-sql/pglite";

type BackendMessages = Awaited<ReturnType<PGlite["execProtocolStream"]>>;

/** What PostgreSQL said of a statement that it keeps. */
interface PreparedStatement {
  name: string;
  /** OID of each parameter's type. */
  parameterTypes: number[];
  /** Columns of its rows; empty where it answers none. */
  fields: Results["fields"];
}

/** Statements kept at most: each holds its parsed tree in PostgreSQL's memory. The product has fewer texts than that. */
const KEPT = 128;

const { serialize } = protocol;

/** Names are unique in the process, so that two of these on one connection never meet. */
let named = 0;

/**
 * Queries of one PGlite by named prepared statements: a text is parsed and described once, and afterwards a query is one
 * message (Bind, Execute, Sync: https://www.postgresql.org/docs/17/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY). PGlite's
 * own `query` parses each time and enters PostgreSQL six times.
 */
export class PreparedQueries {
  readonly #pglite: PGlite;
  /** By text, the one used longest ago first. */
  readonly #statements = new Map<string, PreparedStatement>();
  #toClose: string[] = [];

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  /** As PGlite's `query`, `rowMode` and `parsers` included; waits for a transaction that runs. */
  async query<Row>(text: string, values: unknown[] = [], options: QueryOptions = {}): Promise<Results<Row>> {
    await this.#pglite._checkReady();
    return this.#pglite._runExclusiveTransaction(() => this.queryWithin<Row>(text, values, options));
  }

  /** The same, for who has the connection to himself: inside a callback of `pglite.transaction`. */
  queryWithin<Row>(text: string, values: unknown[] = [], options: QueryOptions = {}): Promise<Results<Row>> {
    return this.#pglite.runExclusive(async () => {
      const statement = this.#use(text) ?? (await this.#prepare(text));
      const answers = await this.#send(
        serialize.bind({ statement: statement.name, values: this.#serialized(values, statement) }),
        serialize.execute({}),
      );
      return this.#toResults<Row>(answers, statement.fields, options);
    });
  }

  /** Prepares all anew: after statements that may change what a kept one answers (DDL). */
  forget(): void {
    for (const { name } of this.#statements.values()) this.#toClose.push(name);
    this.#statements.clear();
  }

  #use(text: string): PreparedStatement | undefined {
    const statement = this.#statements.get(text);
    if (statement === undefined) return undefined;
    this.#statements.delete(text);
    this.#statements.set(text, statement);
    return statement;
  }

  async #prepare(text: string): Promise<PreparedStatement> {
    named += 1;
    const name = `prepared_${named}`;
    const answers = await this.#send(
      serialize.parse({ name, text }),
      serialize.describe({ type: "S", name }),
    );
    const statement: PreparedStatement = { name, parameterTypes: [], fields: [] };
    for (const answer of answers) {
      if (isParameterDescription(answer)) statement.parameterTypes = answer.dataTypeIDs;
      if (isRowDescription(answer)) {
        statement.fields = answer.fields.map((field) => ({ name: field.name, dataTypeID: field.dataTypeID }));
      }
    }
    this.#statements.set(text, statement);
    const [oldest] = this.#statements;
    if (this.#statements.size > KEPT && oldest !== undefined) {
      this.#statements.delete(oldest[0]);
      this.#toClose.push(oldest[1].name);
    }
    return statement;
  }

  /** One message to PostgreSQL; Sync ends it, so that after an error the next one finds the connection in order. */
  async #send(...parts: Uint8Array[]): Promise<BackendMessages> {
    const closing = this.#toClose.map((name) => serialize.close({ type: "S", name }));
    this.#toClose = [];
    return this.#pglite.execProtocolStream(Buffer.concat([...closing, ...parts, serialize.sync()]), {});
  }

  #serialized(values: unknown[], { parameterTypes }: PreparedStatement): (string | null)[] {
    return values.map((value, index) => {
      if (value === null || value === undefined) return null;
      const serializer = this.#pglite.serializers[parameterTypes[index] ?? 0];
      return serializer ? serializer(value) : String(value);
    });
  }

  #toResults<Row>(answers: BackendMessages, fields: Results["fields"], options: QueryOptions): Results<Row> {
    const parsers = fields.map(
      ({ dataTypeID }) => options.parsers?.[dataTypeID] ?? this.#pglite.parsers[dataTypeID],
    );
    const results: Results<Row> = { rows: [], fields, affectedRows: 0 };
    for (const answer of answers) {
      if (isDataRow(answer)) {
        const row = answer.fields.map((value, index) => {
          const parser = parsers[index];
          return value === null || parser === undefined ? value : parser(value, fields[index]?.dataTypeID);
        });
        results.rows.push(
          (options.rowMode === "array"
            ? row
            : Object.fromEntries(fields.map((field, index) => [field.name, row[index]]))) as Row,
        );
      }
      if (isCommandComplete(answer)) results.affectedRows = affectedRows(answer.text);
    }
    return results;
  }
}

/** @param tag Command tag as of CommandComplete: "UPDATE 3", "INSERT 0 1", "SELECT 20" (which changed none). */
function affectedRows(tag: string): number {
  const [, count] = /^(?:INSERT \d+|UPDATE|DELETE|MERGE|COPY) (\d+)$/.exec(tag) ?? [];
  return Number(count ?? 0);
}

type Answer = BackendMessages[number];
const isParameterDescription = (answer: Answer): answer is messages.ParameterDescriptionMessage =>
  answer.name === "parameterDescription";
const isRowDescription = (answer: Answer): answer is messages.RowDescriptionMessage =>
  answer.name === "rowDescription";
const isDataRow = (answer: Answer): answer is messages.DataRowMessage => answer.name === "dataRow";
const isCommandComplete = (answer: Answer): answer is messages.CommandCompleteMessage =>
  answer.name === "commandComplete";
