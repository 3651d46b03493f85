import type { ServiceOptions } from "./service-plan";

/** A service of a machine with Linux, as its administrator has chosen it. */
export const CHOSEN: ServiceOptions = {
  release: "/opt/chainferry-1",
  dataFolder: "/var/lib/chainferry",
  settings: "/etc/chainferry/chainferry.env",
  forNode: {},
  port: 443,
  scope: "machine",
  home: "/root",
  sandbox: false,
};
