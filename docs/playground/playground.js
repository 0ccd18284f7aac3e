// The playground's page: an editor, the examples, and what the worker posts of checks and runs.

import { python } from "@codemirror/lang-python";
import { indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorView, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { minimalSetup } from "codemirror";
import examples from "./examples.json";

const PAUSE = 600; // in milliseconds, from the last key to a check
const SIZE = `${Math.round(BYTES / 1e6)} MB`;
const here = new URL(".", document.currentScript.src).href;
const playground = document.getElementById("playground");
const names = "editor select run stop share strict plugin progress status problems output".split(" ");
const [editor, select, runButton, stopButton, shareButton, strict, plugin, progress, status, problems, output] =
  names.map((name) => playground.querySelector(`[data-is=${name}]`));

const wanted = new Set(); // of "check" and "run": what is to be done next
let worker; // which has Python, or is loading it
let spare; // another, so that stopping a program does not mean to load Python again
let doing; // "load", "check" or "run", and nothing when the worker waits
let about = ""; // once Python is there, the versions of what runs
let number = 0; // of the latest request; what comes of others is not shown
let checking; // the state that is checked: the text and the options
let timer;

// -- the editor

const view = new EditorView({
  parent: editor,
  extensions: [
    minimalSetup,
    lineNumbers(),
    lintGutter(),
    python(),
    indentUnit.of("    "),
    syntaxHighlighting(classHighlighter),
    EditorView.contentAttributes.of({ "aria-label": "Program" }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) checkSoon();
    }),
  ],
});

function setProgram(program) {
  view.dispatch(setDiagnostics(view.state, []));
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: program } });
  problems.replaceChildren();
  output.textContent = "";
}

// -- the address: it holds the program and the options, so that it can be shared and reloaded

const options = () => ({ strict: strict.checked, plugin: plugin.checked });
const state = () => JSON.stringify([view.state.doc.toString(), options()]);

function openFromAddress() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  strict.checked = parameters.has("strict");
  plugin.checked = !parameters.has("alone");
  const code = parameters.get("code");
  if (code === null) return false;
  try {
    const bytes = Uint8Array.from(atob(code.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    setProgram(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    setProgram("");
    output.append("The link that led here holds no program that can be read; choose an example.");
  }
  select.value = ""; // none of the examples
  return true;
}

function writeAddress() {
  const bytes = new TextEncoder().encode(view.state.doc.toString());
  const code = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const flags = (strict.checked ? "&strict" : "") + (plugin.checked ? "" : "&alone");
  const shared = code.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  history.replaceState(null, "", `#code=${shared}${flags}`);
}

async function share() {
  writeAddress();
  try {
    await navigator.clipboard.writeText(location.href);
    say("The link is copied: it holds the program and the options.");
  } catch {
    say("The address of this page is the link: it holds the program and the options.");
  }
}

// -- Python

// A worker that loads Python. `loaded` bytes of it are there; when it can work, `about` says what it has; `warm` is
// whether mypy has checked something, which takes longer the first time. A spare checks the program, for that.
function load() {
  const thread = new Worker(`${here}worker.js`, { type: "module" });
  const made = { thread, loaded: 0, about: "", warm: false };
  thread.onmessage = ({ data }) => {
    if (data.type === "progress") made.loaded = data.loaded;
    if (data.type === "ready") made.about = data.about;
    if (data.type === "checked") made.warm = true;
    if (made !== worker) {
      if (data.type === "ready") thread.postMessage(request("check", 0));
      if (data.type === "failed") drop(made);
    } else if ((data.number ?? number) === number) replies[data.type](data);
    showSpare();
  };
  thread.onerror = (event) => {
    if (made === worker) replies.failed({ message: event.message || "the worker cannot be loaded" });
    else drop(made);
  };
  return made;
}

const request = (task, number) => ({ task, number, program: view.state.doc.toString(), options: options() });

function drop(made) {
  made.thread.onmessage = made.thread.onerror = null; // What it has said before may be still on its way.
  made.thread.terminate();
  if (made === spare) spare = undefined;
}

// For tests, which cannot see it otherwise.
function showSpare() {
  playground.dataset.spare = spare?.warm ? "ready" : spare ? "loading" : "none";
}

function start() {
  worker = spare ?? load();
  spare = undefined;
  showSpare();
  if (worker.about) {
    replies.ready(worker);
  } else {
    doing = "load";
    progress.hidden = false;
    replies.progress(worker);
  }
}

const replies = {
  progress({ loaded }) {
    if (doing !== "load") return;
    progress.value = loaded;
    say(loaded < BYTES ? `Loading Python and mypy, ${SIZE} …` : "Starting Python …");
  },
  ready(data) {
    about = data.about;
    done();
  },
  checked({ problems: found }) {
    // What has changed since is checked again soon.
    if (checking === state()) showProblems(found);
    done();
  },
  output: ({ text }) => output.append(text),
  ran() {
    if (!output.textContent) output.append("(It printed nothing.)");
    done();
  },
  failed({ message }) {
    halt();
    output.append(message);
    say("Python failed, and was stopped; the output says why. Run starts it again.");
  },
};

function checkAndRun() {
  if (runButton.disabled) return;
  wanted.add("check").add("run");
  if (!worker) start();
  next();
}

function checkSoon() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    writeAddress();
    if (!worker) return;
    wanted.add("check");
    next();
  }, PAUSE);
}

function done() {
  doing = undefined;
  progress.hidden = true;
  next();
}

function next() {
  if (!doing) {
    doing = ["check", "run"].find((task) => wanted.delete(task));
    if (doing === "check") checking = state();
    if (doing === "run") output.textContent = "";
    if (doing) worker.thread.postMessage(request(doing, ++number));
    say({ check: "Checking …", run: "Running …" }[doing] ?? about);
    // Not before there is an answer, which it would delay; and small devices have no room for a second Python.
    if (!doing && worker?.warm && !spare && !(navigator.deviceMemory < 4)) spare = load();
    showSpare();
  }
  runButton.disabled = doing === "run" || wanted.has("run");
  stopButton.disabled = !(doing === "run" || doing === "check" || wanted.has("run"));
}

function halt() {
  drop(worker);
  worker = doing = undefined;
  wanted.clear();
  progress.hidden = true;
  next();
}

function stop() {
  if (doing === "load") {
    wanted.delete("run"); // It is still to be checked.
    next();
    return;
  }
  halt();
  output.append("\n(Stopped.)");
  start();
  next();
}

// -- what mypy says

function showProblems(found) {
  view.dispatch(setDiagnostics(view.state, found.map(diagnostic)));
  problems.replaceChildren(...found.map(item));
  if (!found.length) problems.append(Object.assign(document.createElement("li"), { textContent: "No errors." }));
}

function diagnostic({ line, column, end_line, end_column, severity, message, hint }) {
  const { doc } = view.state;
  const position = (line, column) => {
    const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
    return Math.min(from + Math.max(column, 0), to);
  };
  const from = position(line, column);
  const to = Math.max(from, position(end_line, end_column));
  const words = [message, hint].filter(Boolean).join("\n");
  return { from, to, severity: severity === "note" ? "info" : "error", message: words };
}

function item(problem) {
  const { line, severity, message, code, hint } = problem;
  const element = document.createElement("li");
  const button = document.createElement("button");
  button.textContent = `Line ${line}`;
  button.onclick = () => {
    view.dispatch({ selection: { anchor: diagnostic(problem).from }, scrollIntoView: true });
    view.focus();
  };
  element.append(button, ` ${severity}: ${message}`, code ? `  [${code}]` : "");
  for (const note of hint?.split("\n") ?? []) {
    const [before, topic, after] = note.split(/`keyview explain ([\w-]+)`/);
    const line = document.createElement("div");
    line.append(topic ? "note: For more, see " : `note: ${before}`);
    if (topic) {
      const link = document.createElement("a");
      link.href = `errors/${topic}.html`;
      link.textContent = topic;
      line.append(link, after);
    }
    element.append(line);
  }
  return element;
}

function say(text) {
  status.textContent = text;
}

// -- the page as it opens

const groups = Map.groupBy(examples, ({ page }) => page);
for (const [label, programs] of groups) {
  const group = Object.assign(document.createElement("optgroup"), { label });
  for (const example of programs) group.append(new Option(example.title, examples.indexOf(example)));
  select.append(group);
}
select.onchange = () => setProgram(examples[select.value].program);
runButton.onclick = checkAndRun;
stopButton.onclick = stop;
shareButton.onclick = share;
strict.onchange = plugin.onchange = checkSoon;
const runOnCtrlEnter = (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.stopPropagation();
  checkAndRun();
};
playground.addEventListener("keydown", runOnCtrlEnter, { capture: true }); // Before the editor.
window.addEventListener("hashchange", openFromAddress);
progress.max = BYTES;
if (!openFromAddress()) {
  select.value = 0;
  setProgram(examples[0].program);
}
clearTimeout(timer); // The address is as it is until the reader changes something.
shareButton.disabled = false;
if (location.protocol === "file:") {
  next();
  runButton.disabled = true;
  say("Browsers start no Python from a file: serve the site, with python3 -m http.server for instance.");
} else if (navigator.connection?.saveData) {
  next();
  say(`Run first loads Python and mypy: ${SIZE}.`);
} else {
  wanted.add("check");
  start();
  next();
}
