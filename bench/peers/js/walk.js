// The walk of bench/walk.py for peers in JavaScript: one method a sentence, the same actions in the same order.
import { appendFileSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { TOTP } from "otpauth";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

const wasm = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer } });

const PROTECTED = ["/client", "/client/services", "/client/invoices", "/client/security", "/client/security/two-factor"];
const PERIOD = 30;
const LEFT_SECONDS = 12; // as in the suite: no code is given when so little of its step is left

export const CONTEXT = {
  viewport: { width: 1280, height: 720 },
  deviceScaleFactor: 1,
  colorScheme: "light",
  locale: "en-GB",
  serviceWorkers: "block",
};

export const launchOptions = () => ({
  executablePath: process.env.BENCH_BROWSER || undefined,
  args: JSON.parse(process.env.BENCH_ARGS),
});

// The Unix time at which the step after that of `at` has just begun.
const after = (at) => at + PERIOD - (at % PERIOD) + 0.5;

async function control(path, body) {
  const headers = { "Content-Type": "application/json", "X-Test-Token": process.env.BENCH_TOKEN };
  const answer = await fetch(process.env.BENCH_CONTROL + path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.headers.get("content-type")?.includes("json") ? answer.json() : undefined;
}

export class Walk {
  constructor(newContext) {
    this.newContext = newContext;
    this.contexts = [];
  }

  async hasAnAccount() {
    this.account = await control("/accounts", { name: "Ana Example", two_factor: null });
  }

  async signsIn() {
    await this.#sendPassword();
    await this.page.locator("header summary").waitFor();
  }

  async opensTheMenu() {
    await this.page.locator("header summary").click();
  }

  async goesTo(place) {
    await this.page.getByRole("link", { name: place, exact: true }).click();
  }

  async asksToTurnItOn() {
    await this.page.getByRole("button", { name: "Click Here to Enable", exact: true }).click();
  }

  async startsToSetUp() {
    await this.page.getByRole("radio", { name: "Time Based Tokens", exact: true }).check();
    await this.page.getByRole("button", { name: "Get Started", exact: true }).click();
    await this.page.getByLabel("Code from the app", { exact: true }).waitFor();
  }

  async scans() {
    const image = this.page.getByRole("img", { name: "QR code for your authenticator app", exact: true });
    const found = await readBarcodes(new Blob([await image.screenshot()]), { formats: ["QRCode"], tryInvert: false });
    this.app = new TOTP({ secret: new URL(found[0].text).searchParams.get("secret") });
  }

  async givesTheCode() {
    const now = Date.now() / 1000;
    await this.#holdClock(PERIOD - (now % PERIOD) < LEFT_SECONDS ? after(now) : now);
    await this.#giveCode("Confirm");
  }

  async isOn() {
    await this.page.getByRole("heading", { name: "Two-factor authentication is on", exact: true }).waitFor();
  }

  async hasABackupCode() {
    const code = await this.page.getByLabel("Backup code", { exact: true }).inputValue();
    if (!code) throw new Error("no backup code");
  }

  async needsACodeElsewhere() {
    await this.#sendPassword();
    await this.page.getByLabel("Code from the app", { exact: true }).waitFor();
    for (const place of PROTECTED) {
      const answer = await this.page.context().request.get(process.env.BENCH_URL + place, { maxRedirects: 0 });
      if (answer.status() === 200 && (await answer.text()).includes(this.account.name)) throw new Error(place);
    }
    await this.#holdClock(after(this.at));
    await this.#giveCode("Verify");
    await this.page.locator("header summary").waitFor();
  }

  async end() {
    await this.close();
    appendFileSync(process.env.BENCH_DONE, "done\n");
  }

  async close() {
    while (this.contexts.length) await this.contexts.pop().close();
  }

  async #sendPassword() {
    const context = await this.newContext(CONTEXT);
    this.contexts.push(context);
    context.setDefaultTimeout(10_000);
    this.page = await context.newPage();
    await this.page.goto(`${process.env.BENCH_URL}/sign-in`);
    await this.page.getByLabel("Email address", { exact: true }).fill(this.account.email);
    await this.page.getByLabel("Password", { exact: true }).fill(this.account.password);
    await this.page.getByRole("button", { name: "Sign in", exact: true }).click();
  }

  async #giveCode(button) {
    const code = this.app.generate({ timestamp: Math.floor(this.at) * 1000 });
    await this.page.getByLabel("Code from the app", { exact: true }).fill(code);
    await this.page.getByRole("button", { name: button, exact: true }).click();
  }

  async #holdClock(at) {
    await control("/clock", { username: this.account.username, at });
    this.at = at;
  }
}
