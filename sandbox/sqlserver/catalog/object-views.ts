import type { DatabaseState } from "../model/server-state";
import { type View, type ViewContext, type ViewRow, view } from "./define-view";
import { columnsOfTable } from "./user-tables";
import { wall } from "./wall-time";

const SCHEMAS = [
  { schema_id: 1, name: "dbo", principal_id: 1 },
  { schema_id: 2, name: "guest", principal_id: 2 },
  { schema_id: 3, name: "INFORMATION_SCHEMA", principal_id: 3 },
  { schema_id: 4, name: "sys", principal_id: 4 },
  { schema_id: 5, name: "sales", principal_id: 1 },
];

export function schemaName(id: number): string | null {
  return SCHEMAS.find((s) => s.schema_id === id)?.name ?? null;
}
export function schemaId(name: string): number | null {
  return SCHEMAS.find((s) => s.name.toLowerCase() === name.toLowerCase())?.schema_id ?? null;
}

function current({ model, database }: ViewContext): DatabaseState | null {
  return model.findDatabase(database);
}

function tables(
  context: ViewContext,
): { table: ReturnType<typeof tablesOf>[number]; row: ViewRow; database: DatabaseState }[] {
  const database = current(context);
  if (database === null) return [];
  return tablesOf(context, database).map((table) => ({
    table,
    database,
    row: {
      name: table.name,
      object_id: table.objectId,
      schema_id: schemaId(table.schema),
      parent_object_id: 0,
      type: "U",
      type_desc: "USER_TABLE",
      create_date: wall(database.createdMs),
      modify_date: wall(database.createdMs),
      is_ms_shipped: false,
      is_published: false,
      is_schema_published: false,
      lob_data_space_id: 0,
      max_column_id_used: table.columns.length,
      uses_ansi_nulls: true,
      is_replicated: false,
      is_tracked_by_cdc: false,
      is_memory_optimized: false,
      durability: 0,
      durability_desc: "SCHEMA_AND_DATA",
      temporal_type: 0,
      temporal_type_desc: "NON_TEMPORAL_TABLE",
      is_external: false,
    },
  }));
}

function tablesOf({ model }: ViewContext, database: DatabaseState) {
  return model.profile(database).tables;
}

const OBJECT = `name sysname, object_id int, principal_id int, schema_id int, parent_object_id int, type char(2),
  type_desc nvarchar(60), create_date datetime, modify_date datetime, is_ms_shipped bit, is_published bit, is_schema_published bit`;

const TABLE = `${OBJECT}, lob_data_space_id int, filestream_data_space_id int, max_column_id_used int, uses_ansi_nulls bit,
  is_replicated bit, is_tracked_by_cdc bit, is_memory_optimized bit, durability tinyint, durability_desc nvarchar(60),
  temporal_type tinyint, temporal_type_desc nvarchar(60), is_external bit`;

const objects = view(OBJECT, (context) => tables(context).map(({ row }) => row));

const partitions = view(
  `partition_id bigint, object_id int, index_id int, partition_number int, hobt_id bigint, rows bigint,
   filestream_filegroup_id smallint, data_compression tinyint, data_compression_desc nvarchar(60)`,
  (context) =>
    tables(context).map(({ table, database }) => ({
      partition_id: 72057594000000000n + BigInt(table.objectId),
      object_id: table.objectId,
      index_id: 1,
      partition_number: 1,
      hobt_id: 72057594000000000n + BigInt(table.objectId),
      rows: context.model.rowCount(database, table),
      filestream_filegroup_id: 0,
      data_compression: 0,
      data_compression_desc: "NONE",
    })),
);

const partitionStats = view(
  `partition_id bigint, object_id int, index_id int, partition_number int, in_row_data_page_count bigint,
   in_row_used_page_count bigint, in_row_reserved_page_count bigint, used_page_count bigint, reserved_page_count bigint,
   row_count bigint`,
  (context) =>
    tables(context).map(({ table, database }) => {
      const rows = context.model.rowCount(database, table);
      const pages = Math.ceil(rows / 120);
      return {
        partition_id: 72057594000000000n + BigInt(table.objectId),
        object_id: table.objectId,
        index_id: 1,
        partition_number: 1,
        in_row_data_page_count: pages,
        in_row_used_page_count: pages + 2,
        in_row_reserved_page_count: pages + 8,
        used_page_count: pages + 2,
        reserved_page_count: pages + 8,
        row_count: rows,
      };
    }),
);

const indexes = view(
  `object_id int, name sysname, index_id int, type tinyint, type_desc nvarchar(60), is_unique bit, data_space_id int,
   is_primary_key bit, is_disabled bit`,
  (context) =>
    tables(context).map(({ table }) => ({
      object_id: table.objectId,
      name: `PK_${table.name}`,
      index_id: 1,
      type: 1,
      type_desc: "CLUSTERED",
      is_unique: true,
      data_space_id: 1,
      is_primary_key: true,
      is_disabled: false,
    })),
);

const TYPES: Record<string, [number, number]> = {
  int: [56, 4],
  bigint: [127, 8],
  nvarchar: [231, 0],
  varchar: [167, 0],
  numeric: [108, 9],
  datetime2: [42, 8],
};

const columns = view(
  `object_id int, name sysname, column_id int, system_type_id tinyint, user_type_id int, max_length smallint,
   precision tinyint, scale tinyint, collation_name sysname, is_nullable bit, is_identity bit, is_computed bit`,
  (context) =>
    tables(context).flatMap(({ table, row }) =>
      columnsOfTable(table).map((column, i) => {
        const [id, size] = TYPES[column.type.name] ?? [0, 0];
        const wide = column.type.name === "nvarchar" ? 2 : 1;
        return {
          object_id: row.object_id,
          name: column.name,
          column_id: i + 1,
          system_type_id: id,
          user_type_id: id,
          max_length: size === 0 ? column.type.length * wide : size,
          precision: column.type.precision,
          scale: column.type.scale,
          is_nullable: i > 0,
          is_identity: i === 0,
          is_computed: false,
        };
      }),
    ),
);

const none = (text: string): View => view(text, () => []);

export const objectViews: Record<string, View> = {
  "sys.objects": objects,
  "sys.all_objects": objects,
  "sys.sysobjects": view(
    "name sysname, id int, xtype char(2), uid smallint, crdate datetime, type char(2)",
    (context) =>
      tables(context).map(({ row }) => ({
        ...row,
        id: row.object_id,
        xtype: "U",
        uid: row.schema_id,
        crdate: row.create_date,
      })),
  ),
  "sys.tables": view(TABLE, (context) => tables(context).map(({ row }) => row)),
  "sys.schemas": view("name sysname, schema_id int, principal_id int", () => SCHEMAS),
  "sys.partitions": partitions,
  "sys.dm_db_partition_stats": partitionStats,
  "sys.indexes": indexes,
  "sys.columns": columns,
  "sys.all_columns": columns,
  "sys.views": none(OBJECT),
  "sys.procedures": none(OBJECT),
  "sys.triggers": none(
    "name sysname, object_id int, parent_class tinyint, parent_id int, type char(2), is_disabled bit",
  ),
  "sys.types": view(
    "name sysname, system_type_id tinyint, user_type_id int, schema_id int, max_length smallint, is_user_defined bit",
    () =>
      Object.entries(TYPES).map(([name, [id, size]]) => ({
        name,
        system_type_id: id,
        user_type_id: id,
        schema_id: 4,
        max_length: size === 0 ? 8000 : size,
        is_user_defined: false,
      })),
  ),
  "sys.filegroups": view(
    "name sysname, data_space_id int, type char(2), type_desc nvarchar(60), is_default bit, is_system bit, is_read_only bit, is_autogrow_all_files bit",
    (context) => {
      const traits = current(context)?.traits;
      const group = (name: string, id: number, type: string, type_desc: string): ViewRow => ({
        name,
        data_space_id: id,
        type,
        type_desc,
        is_default: id === 1,
        is_system: false,
        is_read_only: false,
        is_autogrow_all_files: false,
      });
      return [
        group("PRIMARY", 1, "FG", "ROWS_FILEGROUP"),
        ...(traits?.filestream === true ? [group("FS", 2, "FD", "FILESTREAM_DATA_FILEGROUP")] : []),
        ...(traits?.memoryOptimized === true
          ? [group("XTP", 3, "FX", "MEMORY_OPTIMIZED_DATA_FILEGROUP")]
          : []),
      ];
    },
  ),
  "sys.service_queues": none(
    `${OBJECT}, is_activation_enabled bit, is_receive_enabled bit, is_enqueue_enabled bit`,
  ),
  "sys.assemblies": none(
    "name sysname, assembly_id int, permission_set_desc nvarchar(60), is_user_defined bit",
  ),
  "sys.sql_expression_dependencies": none(
    `referencing_id int, referenced_server_name sysname, referenced_database_name sysname, referenced_schema_name sysname,
     referenced_entity_name sysname`,
  ),
  "sys.identity_columns": none("object_id int, name sysname, column_id int, last_value sql_variant"),
  "sys.change_tracking_databases": none("database_id int, is_auto_cleanup_on tinyint, retention_period int"),
  "information_schema.tables": view(
    "TABLE_CATALOG nvarchar(128), TABLE_SCHEMA nvarchar(128), TABLE_NAME sysname, TABLE_TYPE varchar(10)",
    (context) =>
      tables(context).map(({ table, database }) => ({
        TABLE_CATALOG: database.name,
        TABLE_SCHEMA: table.schema,
        TABLE_NAME: table.name,
        TABLE_TYPE: "BASE TABLE",
      })),
  ),
  "information_schema.columns": view(
    `TABLE_CATALOG nvarchar(128), TABLE_SCHEMA nvarchar(128), TABLE_NAME sysname, COLUMN_NAME sysname, ORDINAL_POSITION int,
     IS_NULLABLE varchar(3), DATA_TYPE nvarchar(128), CHARACTER_MAXIMUM_LENGTH int`,
    (context) =>
      tables(context).flatMap(({ table, database }) =>
        columnsOfTable(table).map((column, i) => ({
          TABLE_CATALOG: database.name,
          TABLE_SCHEMA: table.schema,
          TABLE_NAME: table.name,
          COLUMN_NAME: column.name,
          ORDINAL_POSITION: i + 1,
          IS_NULLABLE: i === 0 ? "NO" : "YES",
          DATA_TYPE: column.type.name,
          CHARACTER_MAXIMUM_LENGTH: column.type.length === 0 ? null : column.type.length,
        })),
      ),
  ),
};
