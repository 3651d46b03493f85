// Builds what Node runs and what browsers get, each only when a source of its changed.
import { buildPagesIfNeeded } from "./build-pages.mjs";
import { programFile } from "./build-program.mjs";

programFile("chainferry");
buildPagesIfNeeded();
