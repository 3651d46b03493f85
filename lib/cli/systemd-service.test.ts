import { expect, test } from "vitest";
import { CHOSEN } from "./service-options-fixture";
import { planSystemdService } from "./systemd-service";

test("the machine's service has an account of its own, and its data are for that account only", () => {
  const { files, prepare, lines } = planSystemdService(CHOSEN);
  const unit = files[0]?.text ?? "";
  expect(files[0]?.path).toBe("/etc/systemd/system/chainferry.service");
  for (const line of ["User=chainferry", "NoNewPrivileges=yes", "UMask=0077"])
    expect(unit).toContain(`${line}\n`);
  expect(prepare.map((command) => command.slice(0, 4).join(" "))).toEqual([
    expect.stringContaining("useradd --system"),
    "install -d -m 0700",
    "install -d -m 0750",
    "chgrp chainferry /etc/chainferry/chainferry.env",
    ...Array(3).fill(expect.stringContaining("runuser -u chainferry -- test")),
  ]);
  expect(lines("recover")).toEqual([
    {
      shell: null,
      text: "runuser -u chainferry -- env CHAINFERRY_DATA=/var/lib/chainferry CHAINFERRY_CONFIG=/etc/chainferry/chainferry.env /opt/chainferry-1/chainferry recover",
    },
  ]);
});

test("data in what systemd makes read-only are still written", () => {
  const unit = planSystemdService({ ...CHOSEN, dataFolder: "/usr/local/my data" }).files[0]?.text;
  expect(unit).toContain('ReadWritePaths="-/usr/local/my data"\n');
});

// systemd takes $ for a variable in arguments alone, where $$ is one: neither in the program nor in Environment=.
test("blanks, % and $ of a folder are its own", () => {
  const release = "/opt/100% $HOME a";
  const unit = planSystemdService({ ...CHOSEN, release, dataFolder: "/srv/$x %n" }).files[0]?.text;
  expect(unit).toContain('ExecStart="/opt/100%% $HOME a/chainferry" serve --port 443');
  expect(unit).toContain('Environment="CHAINFERRY_DATA=/srv/$x %%n"\n');
});
