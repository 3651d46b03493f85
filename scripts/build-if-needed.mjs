// Builds what Node runs, what browsers get and what a first store is copied from, each only when a source of its changed.
import { buildPagesIfNeeded } from "./build-pages.mjs";
import { programFile } from "./build-program.mjs";
import { buildStoreTemplateIfNeeded } from "./build-store-template.mjs";

programFile("chainferry");
buildPagesIfNeeded();
buildStoreTemplateIfNeeded();
