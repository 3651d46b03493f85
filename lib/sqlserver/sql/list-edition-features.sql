/*
Purpose: features in the database's structure that only some editions can open; no row: any edition opens it.
Permission: VIEW DATABASE STATE in the database.
Versions: 2008 R2 to 2025.
Source: sys.dm_db_persisted_sku_features (https://learn.microsoft.com/sql/relational-databases/system-dynamic-management-views/sys-dm-db-persisted-sku-features-transact-sql)
*/
EXEC $(database).sys.sp_executesql N'SELECT f.feature_name AS feature_name FROM sys.dm_db_persisted_sku_features AS f;';
