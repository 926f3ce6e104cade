// The sentences of the journey, in the manner of cucumber-js: one browser a worker, one walk a scenario.
import { After, AfterAll, Before, BeforeAll, Given, Then, When, setDefaultTimeout } from "@cucumber/cucumber";
import { chromium } from "playwright";
import { Walk, launchOptions } from "./walk.js";

setDefaultTimeout(60_000);
let browser;

BeforeAll(async () => {
  browser = await chromium.launch(launchOptions());
});

AfterAll(() => browser.close());

Before(function () {
  this.ana = new Walk((options) => browser.newContext(options));
});

After(function () {
  return this.ana.close();
});

Given("Ana has an account without two-factor sign-in", function () {
  return this.ana.hasAnAccount();
});

Given("she has an authenticator app on her phone", () => {});

When("she signs in with her password", function () {
  return this.ana.signsIn();
});

When("she opens the menu behind her name", function () {
  return this.ana.opensTheMenu();
});

When("she goes to {string}", function (place) {
  return this.ana.goesTo(place);
});

When("she asks to turn it on", function () {
  return this.ana.asksToTurnItOn();
});

When("she starts to set up time-based tokens", function () {
  return this.ana.startsToSetUp();
});

When("she scans the portal's QR code with her authenticator app", function () {
  return this.ana.scans();
});

When("she gives the code shown by the app", function () {
  return this.ana.givesTheCode();
});

Then("two-factor sign-in is on", function () {
  return this.ana.isOn();
});

Then("she is given a backup code", function () {
  return this.ana.hasABackupCode();
});

Then("a fresh browser needs time-based tokens to sign in as Ana", async function () {
  await this.ana.needsACodeElsewhere();
  await this.ana.end();
});
