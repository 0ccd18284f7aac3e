// Debian's Chromium, driven by playwright-core.

import { chromium } from "playwright-core";

const WIDTHS = [390, 1280];
const SCHEMES = ["light", "dark"];

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: [
      "--no-sandbox", // There is none for root.
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

// What goes wrong while a page is open, as sentences: in the console, or on the way to a file that is not of the site.
export function diagnostics(page, origin) {
  const found = [];
  page.on("console", (message) => {
    if (message.location().url.endsWith("/favicon.ico")) return; // A browser asks for it by itself; there is none.
    if (["error", "warning"].includes(message.type())) found.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => found.push(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => {
    // A page that is left while it loads gives up what it has asked for.
    if (request.failure().errorText !== "net::ERR_ABORTED") found.push(`failed: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) found.push(`${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob):/.test(url)) found.push(`not of the site: ${url}`);
  });
  return found;
}

// What is wrong with an open page in either width, light or dark.
export async function lookInAllWays(page) {
  const found = [];
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      const seen = await look(page, colorScheme);
      found.push(...seen.map((what) => `${width} ${colorScheme}: ${what}`));
    }
  }
  return found;
}

// What is wrong with the page as it is shown now.
async function look(page, scheme) {
  return page.evaluate((scheme) => {
    const found = [];
    const width = document.documentElement.clientWidth;
    const boxes = [document.documentElement, document.querySelector(".content")]; // The theme's, which scrolls.
    if (boxes.some((box) => box.scrollWidth > box.clientWidth)) {
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
