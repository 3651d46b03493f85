import { findProjectRoot } from "@/lib/store/project-root";
import { makeStoreTemplate } from "@/lib/store/store-template";

// Entry of `scripts/build-store-template.mjs`, in a process of its own: initdb's memory is not kept by a dashboard.
await makeStoreTemplate(findProjectRoot());
