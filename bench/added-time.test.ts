import { expect, test } from "vitest";
import { addedTime, type ServiceTime } from "./added-time";

const NOTHING = { stop: 0, backup: 0, upload: 0, import: 0, restore: 0, open: 0, opening: 0, online: 0 };

test("what no service was at is added, and told by what it came before", () => {
  const services: ServiceTime[] = [
    { part: "backup", fromMs: 100, toMs: 400 },
    { part: "import", fromMs: 450, toMs: 500 },
    { part: "restore", fromMs: 500, toMs: 900 },
    { part: "open", fromMs: 930, toMs: 950 },
  ];
  expect(addedTime({ fromMs: 0, toMs: 1_000 }, services)).toEqual({
    wallMs: 1_000,
    servicesMs: 770,
    addedMs: 230,
    before: { ...NOTHING, backup: 100, import: 50, open: 30, online: 50 },
  });
});

test("services that are at it at the same time are counted once, in whatever order they are named", () => {
  const services: ServiceTime[] = [
    { part: "upload", fromMs: 40, toMs: 60 },
    { part: "upload", fromMs: 0, toMs: 80 },
    { part: "restore", fromMs: 70, toMs: 100 },
  ];
  expect(addedTime({ fromMs: 0, toMs: 100 }, services)).toMatchObject({ servicesMs: 100, addedMs: 0 });
});

test("what was done before writes stopped, or goes on when the database is online, takes nothing away", () => {
  const services: ServiceTime[] = [
    { part: "upload", fromMs: 0, toMs: 90 },
    { part: "stop", fromMs: 95, toMs: 110 },
    { part: "opening", fromMs: 190, toMs: 500 },
    { part: "open", fromMs: 400, toMs: 500 },
  ];
  expect(addedTime({ fromMs: 100, toMs: 200 }, services)).toEqual({
    wallMs: 100,
    servicesMs: 20,
    addedMs: 80,
    before: { ...NOTHING, opening: 80 },
  });
});
