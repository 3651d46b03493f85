import { type APIRequestContext, expect } from "@playwright/test";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { MigrationDraft, MigrationView } from "@/lib/contracts/migration";
import type { SystemView } from "@/lib/contracts/system";
import type { Product } from "./start-product";

/** A connection that the server closes as a question is sent costs no journey. */
const ASKED_AGAIN = { maxRetries: 3 };

/** What the wizard would have saved for the sandbox; `change` says where a test differs. */
async function sandboxDraft(request: APIRequestContext, url: string, change: Partial<MigrationDraft>) {
  const system = (await (await request.get(`${url}/api/system`, ASKED_AGAIN)).json()) as SystemView;
  const { sandbox } = system;
  if (!sandbox) throw new Error("The product runs without its sandbox");
  const draft: MigrationDraft = {
    ...EMPTY_DRAFT,
    sourceConnectionId: sandbox.sourceConnectionId,
    sourceDatabase: "SalesDB",
    sourceFolder: sandbox.sourceFolder,
    localFolder: sandbox.localFolder,
    cloudConnectionId: sandbox.cloudConnectionId,
    bucket: sandbox.bucket,
    prefix: "salesdb/",
    instanceId: "rm-sandbox2022ha",
    targetDatabase: "SalesDB",
    step: "review",
    ...change,
  };
  return draft;
}

/** A migration begun by API: journeys that are about something later need not click through the wizard. */
export async function startMigration(
  request: APIRequestContext,
  product: Product,
  change: Partial<MigrationDraft> = {},
): Promise<string> {
  const headers = { origin: product.url };
  const draft = await sandboxDraft(request, product.url, change);
  const created = await request.post(`${product.url}/api/migrations`, { headers, data: { draft } });
  expect(created.status(), await created.text()).toBe(201);
  const { id } = (await created.json()) as MigrationView;
  const started = await request.post(`${product.url}/api/migrations/${id}/start`, {
    headers,
    data: { reviewed: draft },
  });
  expect(started.status(), await started.text()).toBe(200);
  return id;
}

export async function readMigration(
  request: APIRequestContext,
  product: Product,
  id: string,
): Promise<MigrationView> {
  const answer = await request.get(`${product.url}/api/migrations/${id}`, ASKED_AGAIN);
  return (await answer.json()) as MigrationView;
}

/** What RDS itself counted: how often it accepted this object. */
export function importsOf(view: MigrationView, file: string): number {
  return view.files.find((candidate) => candidate.name === file)?.importedTimes ?? -1;
}
