import { expect, test } from "vitest";
import { isPostgresUrl, withVerifiedTls } from "./database-url";

test.each([
  ["postgresql://u:p@db.corp.example:5432/c", "postgresql://u:p@db.corp.example:5432/c?sslmode=verify-full"],
  [
    "postgres://u:p@10.0.0.5/c?application_name=x",
    "postgres://u:p@10.0.0.5/c?application_name=x&sslmode=verify-full",
  ],
  ["postgresql://u@127.0.0.1.evil.example/c", "postgresql://u@127.0.0.1.evil.example/c?sslmode=verify-full"],
  ["postgresql://u@[2001:db8::1]/c", "postgresql://u@[2001:db8::1]/c?sslmode=verify-full"],
])("beyond this machine TLS is asked for and verified: %s", (given, used) => {
  expect(withVerifiedTls(given)).toBe(used);
});

test.each([
  "postgresql://u:p@127.0.0.1:5432/c",
  "postgresql://u:p@localhost/c",
  "postgresql://u:p@[::1]:5432/c",
  "postgresql:///c?host=/var/run/postgresql",
  "postgresql://%2Fvar%2Frun%2Fpostgresql/c",
  "postgresql://u:p@db.corp.example/c?sslmode=disable",
  "postgresql://u:p@db.corp.example/c?sslmode=verify-full&sslrootcert=/etc/ca.pem",
  "no address at all",
])("left as it is: %s", (given) => {
  expect(withVerifiedTls(given)).toBe(given);
});

test.each([
  ["postgresql://u:p%23ss@db/c", true],
  ["postgres://[::1]:5432/c", true],
  ["postgresql:///c?host=/var/run/postgresql", true],
  ["postgresql://%2Fvar%2Frun%2Fpostgresql/c", true],
  ["/var/run/postgresql c", true],
  ["socket:/var/run/postgresql?db=c", true],
  // The password ends the server's name: of the rest the client would make another.
  ["postgresql://u:p#ss@db/c", false],
  ["postgresql://u:pass@db:99999/c", false],
  ["mysql://u:p@db/c", false],
  ["host=db dbname=c", false],
  ["db.corp.example", false],
])("an address of PostgreSQL: %s %s", (given, is) => {
  expect(isPostgresUrl(given)).toBe(is);
});
