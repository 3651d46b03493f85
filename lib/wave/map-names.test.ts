import { expect, test } from "vitest";
import { targetNameProblem } from "@/lib/migration/target-name";
import { mapName, mapNames } from "./map-names";

const plain = { before: "", after: "" };

test.each([
  ["SalesDB", plain, "SalesDB", false],
  ["SalesDB", { ...plain, before: "erp_", after: "_new" }, "erp_SalesDB_new", false],
  ["Sales DB (old)", plain, "Sales_DB__old_", true],
  ["2026", plain, "_2026", true],
  ["2026", { ...plain, before: "y" }, "y2026", false],
  ["订单", plain, "__", true],
  ["x".repeat(70), { ...plain, after: "_b" }, `${"x".repeat(62)}_b`, true],
])("%s becomes what RDS takes", (source, mapping, target, changed) => {
  expect(mapName(source, mapping)).toEqual({ target, changed });
  expect(targetNameProblem(target)).toBeNull();
});

test("what a person typed is taken as it is, without the blanks around it", () => {
  expect(mapName("SalesDB", { ...plain, before: "a_" }, " Mine ")).toEqual({
    target: "Mine",
    changed: false,
  });
});

test("two names that are one on the same instance, and one that is taken there", () => {
  const members = [
    { source: "Sales DB", instanceId: "rm-1" },
    { source: "sales_db", instanceId: "rm-1" },
    { source: "Sales.DB", instanceId: "rm-2" },
    { source: "ERP", instanceId: "rm-2" },
    { source: "HR", instanceId: null },
  ];
  const names = mapNames(members, plain, (instanceId) => (instanceId === "rm-2" ? ["erp"] : []));
  expect(names.map(({ target, problem }) => [target, problem])).toEqual([
    ["Sales_DB", "double"],
    ["sales_db", "double"],
    ["Sales_DB", null],
    ["ERP", "taken"],
    ["HR", null],
  ]);
});

test.each([
  ["", "missing"],
  ["master", "system"],
  ["a b", "invalid"],
])("a typed name is taken as it is: %s is refused", (typed, problem) => {
  const [name] = mapNames([{ source: "A", instanceId: "rm-1", typed }], plain);
  expect(name).toMatchObject({ target: typed, problem });
});
