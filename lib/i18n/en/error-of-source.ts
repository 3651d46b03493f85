/** What SQL Server and the way to it can say. */
export const errorOfSource = {
  sql_login_failed: "SQL Server refused the login.",
  "sql_login_failed.do": "Check user and password, and that the server allows SQL Server authentication.",
  sql_password_expired: "The password of this login has expired or must be changed.",
  "sql_password_expired.do": "Change it on the server, then type the new one here.",
  sql_login_unknown: "The server knows no such login.",
  "sql_login_unknown.do": "Check its spelling; a Windows account is written DOMAIN\\user.",
  sql_login_password: "The password is wrong.",
  "sql_login_password.do": "Type it again. After several wrong tries a policy may lock the login.",
  sql_login_disabled: "The login is disabled.",
  "sql_login_disabled.do": "ALTER LOGIN … ENABLE, or use another login.",
  sql_login_locked: "The login is locked after too many wrong passwords.",
  "sql_login_locked.do": "ALTER LOGIN … WITH PASSWORD = … UNLOCK on the server, then type the password here.",
  sql_login_windows_only: "The server only takes Windows accounts.",
  "sql_login_windows_only.do":
    "Use DOMAIN\\user, or set “SQL Server and Windows Authentication mode” and restart SQL Server.",
  sql_login_no_access: "The login is valid, but may not connect to the server.",
  "sql_login_no_access.do": "GRANT CONNECT SQL to it, and look for a DENY on one of its groups.",
  sql_login_paused: "The server is paused and takes no new connections.",
  "sql_login_paused.do": "Continue the service in Configuration Manager.",
  sql_untrusted_domain: "Windows does not trust this account’s domain.",
  "sql_untrusted_domain.do":
    "Check the domain before the backslash. If the server’s domain does not trust it, or NTLM is forbidden there, use a SQL Server login.",
  sql_password_must_change: "The password must be changed before the first login.",
  "sql_password_must_change.do":
    "Change it on the server (ALTER LOGIN … WITH PASSWORD, without MUST_CHANGE), then type the new one here.",
  sql_browser_silent: "SQL Server Browser did not answer on the host.",
  "sql_browser_silent.do":
    "Start the service “SQL Server Browser” and open UDP 1434, or give the instance’s port instead of its name. A wrong instance name looks the same: the Browser does not answer for names it does not know.",
  sql_instance_no_tcp: "The instance exists, but does not listen on TCP.",
  "sql_instance_no_tcp.do":
    "Enable TCP/IP for it in SQL Server Configuration Manager and restart the instance.",
  sql_tls_name: "The server’s certificate is for another name.",
  "sql_tls_name.do":
    "Use the host name that stands in the certificate, or give the server a certificate for this one.",
  sql_tls_expired: "The server’s certificate has expired or is not valid yet.",
  "sql_tls_expired.do": "Renew it on the server, and compare both clocks.",
  sql_tls_too_old: "The server only speaks a TLS version that is too old: 1.0 or 1.1.",
  "sql_tls_too_old.do":
    "Install the TLS 1.2 update of SQL Server 2008 to 2014. On a private line you may choose “Old TLS” for this connection.",
  sql_not_encrypted: "The server has no encryption, although this connection demands it.",
  "sql_not_encrypted.do":
    "Only the login was sent. Find out who answered: a server without TLS, or somebody in between. “Where possible” goes on in clear.",
  sql_hung_up: "The server closed the connection before the login was answered.",
  "sql_hung_up.do":
    "Look whether this is SQL Server’s port. Servers that only know TLS 1.0 close it, too: then update them, or choose “Old TLS” on a private line.",
  sql_permission: "This login lacks {permission}{object, select, none {} other { on {object}}}.",
  "sql_permission.do": "GRANT {permission}: the login script under Connections has the line.",
  sql_database_no_access: "The login has no user in the database.",
  "sql_database_no_access.do": "CREATE USER … FOR LOGIN in it: part 3 of the login script under Connections.",
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
    "The provider details name what failed. A server with hardened ciphers, or a port that is not SQL Server’s, looks like this.",
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
