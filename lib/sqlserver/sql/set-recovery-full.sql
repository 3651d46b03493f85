/*
Purpose: FULL recovery model; it takes effect with the next full or differential backup.
Permission: ALTER on the database.
Versions: 2008 R2 to 2025.
Source: View or change the recovery model (https://learn.microsoft.com/sql/relational-databases/backup-restore/view-or-change-the-recovery-model-of-a-database-sql-server)
*/
ALTER DATABASE $(database) SET RECOVERY FULL;
