// Uses the playground as a reader does: node playground.mjs ORIGIN SITE prints, as JSON, what
// was seen at an address that serves the folder SITE.

import { pathToFileURL } from "node:url";
import { diagnostics, launch, lookInAllWays } from "./browser.mjs";

const [origin, site] = process.argv.slice(2);
const part = (name) => `#playground [data-is=${name}]`;
const editor = "#playground .cm-content";

const browser = await launch();
const page = await browser.newPage();
page.setDefaultTimeout(120_000);
const wrong = diagnostics(page, origin);
const seen = {};

const text = (name) => page.textContent(part(name));
const program = () => page.$$eval(`${editor} .cm-line`, (lines) => lines.map((line) => line.textContent).join("\n"));
const problem = `${part("problems")} li:has(button)`;
const errors = () => page.$$eval(problem, (items) => items.map((item) => item.textContent));
const shows = (name, words) => page.locator(part(name), { hasText: words }).waitFor();

async function setProgram(program) {
  await page.focus(editor);
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(program);
}

async function run(program, last) {
  await setProgram(program);
  await page.keyboard.press("Control+Enter");
  await shows("output", last);
  return text("output");
}

// The numbers of the lines with a mark beside them, and the words that are underlined.
async function marks() {
  await page.waitForTimeout(100); // The editor draws them a moment after the list.
  return page.evaluate(() => {
    const top = (element) => Math.round(element.getBoundingClientRect().top);
    const numbers = [...document.querySelectorAll("#playground .cm-lineNumbers .cm-gutterElement")];
    const markers = [...document.querySelectorAll("#playground .cm-lint-marker-error")];
    const lines = markers.map((marker) => {
      const row = top(marker.closest(".cm-gutterElement"));
      return numbers.find((number) => number.offsetHeight && top(number) === row)?.textContent;
    });
    const underlined = [...document.querySelectorAll("#playground .cm-lintRange-error")].map((range) => range.textContent);
    return { lines, underlined };
  });
}

// A link holds a program. Python is loaded as the page opens; a program that is to run then can be stopped before it does.
async function openLink() {
  const code = Buffer.from('import keyview\nprint("Grüße ✓", keyview.backend)\n').toString("base64url");
  await page.goto(`${origin}playground.html#code=${code}`);
  seen.linked = await program();
  await page.waitForSelector(`${part("progress")}:not([hidden])`);
  seen.before = await text("status");
  await page.click(part("run"));
  await page.click(part("stop"));
  await shows("problems", "No errors");
  seen.stoppedLoading = { status: await text("status"), printed: await text("output") };
  await page.click(part("run"));
  await shows("output", "Grüße");
  seen.printed = await text("output");
  await shows("status", "keyview");
  seen.about = await text("status");
}

async function typeAWrongLookupAndMendIt() {
  await setProgram('ages: dict[str, int] = {"Ann": 41}\n');
  await shows("problems", "No errors");
  await page.keyboard.type("print(1 in ages)");
  await page.waitForSelector(problem);
  seen.wrong = { errors: await errors(), ...(await marks()), page: await page.getAttribute(`${part("problems")} a`, "href") };
  await page.keyboard.press("Home");
  for (let presses = 0; presses < "print(".length; presses++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Delete");
  await page.keyboard.type('"Ann"');
  await shows("problems", "No errors");
  seen.mended = { errors: await errors(), ...(await marks()) };
  await page.keyboard.press("Control+Enter");
  await shows("output", "True");
}

// The modules whose bytecode was not made when the site was built: Python has compiled them while the reader waited.
const compiledHere = `import sys

def was_compiled_here(spec):
    if not spec or not spec.origin or not spec.origin.endswith(".py"):
        return False
    in_zip = spec.cached is None  # Else its origin ends with .pyc.
    return in_zip or open(spec.cached, "rb").read()[4:8] != b"\\1\\0\\0\\0"  # "unchecked"

modules = [name for name, module in sys.modules.items() if was_compiled_here(module.__spec__)]
print(len(sys.modules) > 200, modules, "compiled here")
`;

async function runForEver() {
  seen.endless = await run("while True:\n    print('on and on')\n", "The rest is not shown");
  await page.waitForSelector("#playground[data-spare=ready]");
  await page.click(part("stop"));
  seen.stopped = await text("status"); // No wait: it is not to load anything.
  seen.afterStop = await run("print(6 * 7)", "42");
}

// The address holds the program and the options; what is copied opens the same elsewhere.
async function shareALink() {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await setProgram("ages = {'Ann': 41}\nprint(1 in ages, '✓')\ndef f(x): ...\n");
  await shows("problems", "key-view");
  await page.uncheck(part("plugin"));
  await shows("problems", "No errors");
  await page.check(part("strict"));
  await page.waitForSelector(problem);
  const before = { program: await program(), errors: await errors() };
  await page.click(part("share"));
  await shows("status", "is copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto("about:blank");
  await page.goto(link);
  await page.waitForSelector(problem);
  seen.shared = { before, after: { program: await program(), errors: await errors() }, link };
  await page.check(part("plugin"));
  await page.uncheck(part("strict"));
  await shows("problems", "key-view");
}

// Tab leaves the editor forwards and backwards; what an error says of its line leads there.
async function useTheKeyboard() {
  const isInEditor = () => page.evaluate(() => Boolean(document.activeElement.closest(".cm-editor")));
  await page.focus(editor);
  await page.keyboard.press("Tab");
  seen.tab = await isInEditor();
  await page.focus(editor);
  await page.keyboard.press("Shift+Tab");
  seen.shiftTab = await isInEditor();
}

async function chooseAnExample() {
  seen.examples = await page.$$eval(`${part("select")} option`, (options) => options.map((option) => option.textContent));
  await page.selectOption(part("select"), { label: "wrong_lookups.py" });
  seen.chosen = await program();
}

async function openTheFile() {
  await page.goto(pathToFileURL(`${site}/playground.html`).href);
  seen.file = { status: await text("status"), run: await page.isEnabled(part("run")), program: await program() };
}

try {
  await openLink();
  await typeAWrongLookupAndMendIt();
  seen.rude = await run('import os, sys\nprint(sys.argv)\nos.chdir("/")\nsys.stdout = None\n', "[");
  seen.traceback = await run("def half(n: int) -> float:\n    return n / 0\n\nhalf(1)\n", "ZeroDivisionError");
  seen.syntaxError = await run("print(1\n", "SyntaxError");
  seen.compiledHere = await run(compiledHere, "compiled here");
  await runForEver();
  await shareALink();
  await useTheKeyboard();
  await page.goto(`${origin}playground.html#code=%%%`);
  await page.reload();
  seen.unreadable = await text("output");
  await chooseAnExample();
  seen.looks = await lookInAllWays(page);
  const cutOff = `failed: ${origin}playground/`; // By leaving the page while it was loading.
  seen.diagnostics = wrong.splice(0).filter((diagnostic) => !diagnostic.startsWith(cutOff));
  await openTheFile();
  console.log(JSON.stringify(seen));
} finally {
  await browser.close();
}
