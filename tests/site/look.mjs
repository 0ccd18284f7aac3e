// Opens every page of a built site from its files, in two widths, light and dark; searches it; uses it by keyboard;
// has axe-core judge some pages. node look.mjs SITE ASKED PAGE... prints, as JSON, what is wrong with each page and what
// the rest came to. ASKED is JSON: `searches`, what is searched for, and `judged`, the pages for axe-core.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { diagnostics, launch, lookInAllWays } from "./browser.mjs";

const [site, asked, ...pages] = process.argv.slice(2);
const { searches, judged: toJudge } = JSON.parse(asked);
const origin = pathToFileURL(`${site}/`).href;

async function lookAtAll(browser) {
  const page = await browser.newPage();
  const wrong = diagnostics(page, origin);
  const found = {};
  for (const name of pages) {
    await page.goto(origin + name);
    found[name] = [...(await lookInAllWays(page)), ...wrong.splice(0)];
  }
  await page.close();
  return found;
}

// From the start page, with no mouse: "/" goes to the search field, and Tab from one result to the next.
async function searchByKeyboard(browser) {
  const page = await browser.newPage();
  await page.goto(`${origin}index.html`);
  await page.keyboard.press("/");
  await page.keyboard.type("setdefault");
  await page.keyboard.press("Enter");
  await page.waitForSelector("ul.search li a");
  const results = await page.$$eval("ul.search li a", (links) => links.map((link) => link.getAttribute("href")));
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.matches("ul.search li a"))) break;
  }
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.endsWith("search.html"));
  return { results, opened: page.url() };
}

// The first results for each of some words.
async function searchFor(browser) {
  const page = await browser.newPage();
  const found = {};
  for (const words of searches) {
    await page.goto(`${origin}search.html?q=${encodeURIComponent(words)}`);
    await page.waitForSelector("#search-results p.search-summary:not(:empty)");
    await page.waitForFunction(() => !document.querySelector("#search-progress, .search-summary")?.textContent.includes("..."));
    found[words] = await page.$$eval("ul.search li > a", (links) => links.slice(0, 3).map((link) => link.getAttribute("href")));
  }
  await page.close();
  return found;
}

// What the field above the tables of names leaves: types, looks, and empties the field, with no mouse.
async function filter(browser) {
  const page = await browser.newPage();
  await page.goto(`${origin}rust-to-python.html`);
  const visible = (selector) => page.locator(`article ${selector}`).locator("visible=true").allTextContents();
  const whole = (await visible("tbody tr")).length;
  await page.getByLabel("Show only rows with").focus();
  await page.keyboard.type("or_insert EntryRef");
  const left = { rows: await visible("tbody tr td:first-child"), titles: await visible(":is(h2, h3)"), count: await page.textContent("#filter [role=status]") };
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  const again = (await visible("tbody tr")).length;
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto(`${origin}rust-to-python.html`);
  const without = { rows: await plain.locator("article tbody tr").locator("visible=true").count(), fields: await plain.locator("#filter input").count() };
  await plain.close();
  await page.close();
  return { whole, left, again, without };
}

// The rules of axe-core that a page breaks, each with the first element that does.
async function judge(browser) {
  const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const found = {};
  for (const [number, name] of toJudge.entries()) {
    await page.emulateMedia({ colorScheme: number % 2 ? "dark" : "light" });
    await page.goto(origin + name);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    found[name] = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
  }
  await page.close();
  return found;
}

// What Tab reaches from the top of the start page, in order; a link is only good if it can be seen.
async function tabThrough(browser, width) {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  await page.goto(`${origin}index.html`);
  const reached = [];
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    await page.waitForTimeout(width < 1000 ? 300 : 0); // A menu slides in.
    reached.push(
      await page.evaluate(() => {
        const { width, height, left, right } = document.activeElement.getBoundingClientRect();
        const visible = width && height && left >= 0 && right <= window.innerWidth;
        return visible ? document.activeElement.getAttribute("href") || document.activeElement.name : "";
      }),
    );
  }
  return reached;
}

const browser = await launch();
try {
  const [found, searched, judged] = await Promise.all([lookAtAll(browser), searchFor(browser), judge(browser)]);
  const search = await searchByKeyboard(browser);
  const reached = { phone: await tabThrough(browser, 390), desktop: await tabThrough(browser, 1280) };
  const filtered = await filter(browser);
  console.log(JSON.stringify({ filtered, found, search, searched, judged, reached }));
} finally {
  await browser.close();
}
