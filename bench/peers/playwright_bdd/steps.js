// The sentences of the journey, in the manner of playwright-bdd: Playwright Test's browser, the walk a fixture.
import { createBdd, test as base } from "playwright-bdd";
import { Walk } from "./walk.js";

export const test = base.extend({
  ana: async ({ browser }, use) => {
    const walk = new Walk((options) => browser.newContext(options));
    await use(walk);
    await walk.close();
  },
});

const { Given, When, Then } = createBdd(test);

Given("Ana has an account without two-factor sign-in", ({ ana }) => ana.hasAnAccount());
Given("she has an authenticator app on her phone", () => {});
When("she signs in with her password", ({ ana }) => ana.signsIn());
When("she opens the menu behind her name", ({ ana }) => ana.opensTheMenu());
When("she goes to {string}", ({ ana }, place) => ana.goesTo(place));
When("she asks to turn it on", ({ ana }) => ana.asksToTurnItOn());
When("she starts to set up time-based tokens", ({ ana }) => ana.startsToSetUp());
When("she scans the portal's QR code with her authenticator app", ({ ana }) => ana.scans());
When("she gives the code shown by the app", ({ ana }) => ana.givesTheCode());
Then("two-factor sign-in is on", ({ ana }) => ana.isOn());
Then("she is given a backup code", ({ ana }) => ana.hasABackupCode());
Then("a fresh browser needs time-based tokens to sign in as Ana", async ({ ana }) => {
  await ana.needsACodeElsewhere();
  await ana.end();
});
