/** What SQL Server and the way to it can say. */
export const errorOfSource = {
  sql_login_failed: "SQL Server refused the login.",
  "sql_login_failed.do": "Check user and password, and that the server allows SQL Server authentication.",
  sql_password_expired: "The password of this login has expired or must be changed.",
  "sql_password_expired.do": "Change it on the server, then type the new one here.",
  sql_database_not_found: "The database does not exist, or this login may not open it.",
  "sql_database_not_found.do": "Check the name, and that the login has a user in the database.",
  sql_host_not_found: "The server’s name is not known to this machine’s DNS.",
  "sql_host_not_found.do": "Check the spelling, or use the IP address.",
  sql_port_refused: "The server refused the connection on this port.",
  "sql_port_refused.do":
    "Check that SQL Server runs, that TCP/IP is enabled in Configuration Manager, and the port.",
  sql_instance_not_found: "SQL Server Browser does not know this instance name.",
  "sql_instance_not_found.do":
    "Check the instance name and that SQL Server Browser runs (UDP 1434), or give the port instead.",
  sql_tls_untrusted: "The server’s certificate is not trusted by this machine.",
  "sql_tls_untrusted.do":
    "Install its certificate authority here, or choose “Trust the server certificate” on a network you trust.",
  sql_tls_required: "The server demands an encrypted connection.",
  "sql_tls_required.do": "Turn encryption on for this connection.",
  sql_tls_refused: "No TLS version or cipher suits both sides.",
  "sql_tls_refused.do":
    "SQL Server 2012 and older may need an update for TLS 1.2; on a network you trust, turn encryption off.",
  sql_timeout: "SQL Server did not answer in time.",
  "sql_timeout.do": "Check address, port and firewall between this machine and the server.",
  sql_connection_lost: "The connection to SQL Server broke.",
  "sql_connection_lost.do":
    "Chainferry tries again by itself where a repeat is safe. Check the network if it stays.",
  sql_forbidden: "This login lacks a permission.",
  "sql_forbidden.do":
    "Grant it db_backupoperator in the database, VIEW SERVER STATE, and read access to msdb.",
  sql_backup_device: "SQL Server cannot write or read the backup file.",
  "sql_backup_device.do":
    "Check that the folder exists on the server and that the service account may write to it.",
  sql_backup_running: "Another backup or a file operation runs on this database.",
  "sql_backup_running.do": "Wait until it has ended; then try again.",
  sql_log_needs_full: "There is no full backup yet, so a log backup cannot be taken.",
  "sql_log_needs_full.do": "Take a full backup first.",
  sql_simple_recovery: "The database uses the SIMPLE recovery model: there are no log backups.",
  "sql_simple_recovery.do":
    "Set RECOVERY FULL and take a full backup, or use Immediate Access (Full Backup).",
  sql_differential_needs_full: "There is no full backup yet, so a differential cannot be taken.",
  "sql_differential_needs_full.do": "Take a full backup first.",
  sql_page_damaged: "SQL Server found a damaged page while it took the backup.",
  "sql_page_damaged.do": "Run DBCC CHECKDB on the source and repair before you migrate.",
  sql_disk_full: "The disk of the backup folder is full.",
  "sql_disk_full.do": "Free space, or choose another folder.",
  sql_not_a_backup: "SQL Server does not take this file for a backup it can read.",
  "sql_not_a_backup.do": "The file may be damaged, cut off, or of a newer version: take the backup again.",
  sql_database_restoring: "The database is restoring and cannot be used.",
  "sql_database_restoring.do": "If a tail-log backup did it, go back brings it online again.",
  sql_failed: "SQL Server reported an error.",
  "sql_failed.do": "Its own words are below.",
} as const;
