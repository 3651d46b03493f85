import { test as base } from "@playwright/test";
import { type Product, startProduct } from "./start-product";

interface WorkerOptions {
  /** What the sandbox of the journeys' product plays. */
  scenario: string;
}

/** A journey on a product that its worker started for all of its journeys: each uses databases of its own. */
export const test = base.extend<object, WorkerOptions & { product: Product }>({
  scenario: ["clean", { scope: "worker", option: true }],
  product: [
    async ({ scenario }, use) => {
      const product = await startProduct({ scenario });
      await use(product);
      await product.stop();
    },
    { scope: "worker", timeout: 600_000 },
  ],
  storageState: ({ product }, use) => use(product.signedIn),
});
