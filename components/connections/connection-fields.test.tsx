// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { openTestPage } from "@/components/open-test-page";
import { CloudAccountFields } from "./cloud-account-fields";
import { type ConnectionForm, formOf } from "./connection-form";
import { SqlServerFields } from "./sql-server-fields";

function open(Fields: typeof SqlServerFields, form: Partial<ConnectionForm> = {}, wrong = "") {
  const onChange = vi.fn();
  const page = openTestPage(
    <Fields
      form={{ ...formOf(null), ...form }}
      onChange={onChange}
      errorOf={(field) => (field === wrong ? "This is wrong." : undefined)}
      secretHint="Kept as it is when left empty."
    />,
  );
  return { ...page, onChange };
}

test("a line changes its own field and nothing else", async () => {
  const { user, onChange, t } = open(SqlServerFields);
  await user.type(screen.getByLabelText(t("connections.field.host")), "h");
  expect(onChange.mock.calls).toEqual([[{ host: "h" }]]);
});

test("an error is said at its field, which a summary can reach by its id", () => {
  const { t } = open(SqlServerFields, {}, "user");
  const user = screen.getByLabelText(t("connections.field.user"));
  expect(user).toHaveProperty("id", "connection-user");
  expect(user.getAttribute("aria-invalid")).toBe("true");
  const described = user.getAttribute("aria-describedby") ?? "";
  expect(described.split(" ")).toContain("connection-user-error");
  expect(document.getElementById("connection-user-error")?.textContent).toBe("This is wrong.");
});

test("secrets cannot be read over a shoulder, and no password manager fills them in", () => {
  const { t } = open(CloudAccountFields, { credential: "sts" });
  const secret = screen.getByLabelText(t("connections.field.accessKeySecret"));
  const token = screen.getByLabelText(t("connections.field.securityToken"));
  expect([secret, token].map((line) => line.getAttribute("type"))).toEqual(["password", "password"]);
  expect(secret.getAttribute("autocomplete")).toBe("new-password");
  expect(token.getAttribute("autocomplete")).toBe("off");
});

test("only what the kind of credential needs is asked for", () => {
  const { t } = open(CloudAccountFields, { credential: "default_chain" });
  expect(screen.queryByLabelText(t("connections.field.accessKeyId"))).toBeNull();
  expect(screen.queryByLabelText(t("connections.field.securityToken"))).toBeNull();
});
