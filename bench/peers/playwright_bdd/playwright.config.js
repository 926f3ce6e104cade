// Playwright Test with the browser that all peers use, without traces, pictures and retries.
import { defineConfig } from "@playwright/test";
import { defineBddConfig } from "playwright-bdd";
import { launchOptions } from "./walk.js";

export default defineConfig({
  testDir: defineBddConfig({ features: "features/*.feature", steps: "steps.js" }),
  reporter: "line",
  timeout: 60_000,
  fullyParallel: true,
  use: { launchOptions: launchOptions() },
});
