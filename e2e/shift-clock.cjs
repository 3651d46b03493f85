// Loaded into the product of a journey before anything else (`node --require`): its clock is as many milliseconds ahead as the file
// says that CHAINFERRY_TEST_CLOCK names.
const { readFileSync } = require("node:fs");

const file = process.env.CHAINFERRY_TEST_CLOCK;
const now = Date.now;
let aheadMs = 0;

setInterval(() => {
  aheadMs = Number(readFileSync(file, "utf8"));
}, 100).unref();

Date.now = () => now() + aheadMs;
globalThis.Date = new Proxy(Date, {
  construct: (target, given, asked) =>
    Reflect.construct(target, given.length === 0 ? [Date.now()] : given, asked),
});
