/*
Purpose: transparent data encryption of a database: its state and the certificate without which nobody can restore it.
         encryption_state: 1 unencrypted, 2 encrypting, 3 encrypted, 4 key change, 5 decrypting, 6 protector change.
Permission: VIEW SERVER STATE (2022 on: VIEW SERVER SECURITY STATE); the name of the certificate needs VIEW DEFINITION.
Versions: 2008 R2 to 2025.
Source: sys.dm_database_encryption_keys (https://learn.microsoft.com/sql/relational-databases/system-dynamic-management-views/sys-dm-database-encryption-keys-transact-sql)
*/
SELECT CONVERT(int, k.encryption_state) AS encryption_state,
       CONVERT(float, k.percent_complete) AS percent_complete,
       k.key_algorithm AS key_algorithm,
       CONVERT(varchar(66), k.encryptor_thumbprint, 1) AS thumbprint,
       c.name AS certificate_name
FROM sys.dm_database_encryption_keys AS k
LEFT JOIN master.sys.certificates AS c ON c.thumbprint = k.encryptor_thumbprint
WHERE k.database_id = DB_ID(@db);
