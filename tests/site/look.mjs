// Opens every page of a built site from its files, in two widths, light and dark; searches it; uses it by keyboard.
// node look.mjs SITE PAGE... prints, as JSON, what is wrong with each page and what the rest came to.

import { pathToFileURL } from "node:url";
import { complaints, launch, SCHEMES, WIDTHS } from "./browser.mjs";

const [site, ...pages] = process.argv.slice(2);
const origin = pathToFileURL(`${site}/`).href;

// What is wrong with the page as it is shown now.
async function look(page, scheme) {
  return page.evaluate((scheme) => {
    const found = [];
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) {
      const wide = [...document.querySelectorAll("article *")].filter(
        (element) => element.getBoundingClientRect().right > width && !element.closest(".highlight, .table-wrapper"),
      );
      found.push(`wider than ${width}: ${wide.slice(-1).map((element) => element.outerHTML.slice(0, 120))}`);
    }
    const light = (color) => color.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765;
    const style = getComputedStyle(document.body);
    const [paper, ink] = [light(style.backgroundColor), light(style.color)];
    if (scheme === "dark" ? !(paper < 0.2 && ink > 0.7) : !(paper > 0.8 && ink < 0.3)) {
      found.push(`not ${scheme}: ${style.color} on ${style.backgroundColor}`);
    }
    for (const image of document.images) {
      if (!image.complete || !image.naturalWidth) found.push(`no image: ${image.src}`);
      if (!image.alt) found.push(`no words for ${image.src}`);
    }
    return found;
  }, scheme);
}

async function lookAtAll(browser) {
  const page = await browser.newPage();
  const wrong = complaints(page, origin);
  const found = {};
  for (const name of pages) {
    await page.goto(origin + name);
    found[name] = [];
    for (const width of WIDTHS) {
      for (const colorScheme of SCHEMES) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        const seen = await look(page, colorScheme);
        found[name].push(...seen.map((what) => `${width} ${colorScheme}: ${what}`));
      }
    }
    found[name].push(...wrong.splice(0));
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
async function tabThrough(browser) {
  const page = await browser.newPage();
  await page.goto(`${origin}index.html`);
  const reached = [];
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    reached.push(
      await page.evaluate(() => {
        const { width, height } = document.activeElement.getBoundingClientRect();
        return width && height ? document.activeElement.getAttribute("href") || document.activeElement.name : "";
      }),
    );
  }
  return reached;
}

const browser = await launch();
try {
  const found = await lookAtAll(browser);
  const search = await searchByKeyboard(browser);
  const reached = await tabThrough(browser);
  console.log(JSON.stringify({ found, search, reached }));
} finally {
  await browser.close();
}
