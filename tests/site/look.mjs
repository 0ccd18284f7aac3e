// Opens every page of a built site from its files, in two widths, light and dark; searches it; uses it by keyboard.
// node look.mjs SITE PAGE... prints, as JSON, what is wrong with each page and what the rest came to.

import { pathToFileURL } from "node:url";
import { diagnostics, launch, lookInAllWays } from "./browser.mjs";

const [site, ...pages] = process.argv.slice(2);
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
  const found = await lookAtAll(browser);
  const search = await searchByKeyboard(browser);
  const reached = { phone: await tabThrough(browser, 390), desktop: await tabThrough(browser, 1280) };
  console.log(JSON.stringify({ found, search, reached }));
} finally {
  await browser.close();
}
