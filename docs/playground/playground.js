// The playground's page: an editor, the examples, and what the worker posts of checks and runs.

import { python } from "@codemirror/lang-python";
import { indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorView, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { minimalSetup } from "codemirror";
import examples from "./examples.json";

const PAUSE = 600; // in milliseconds, from the last key to a check
const UNLOADED = `Run first loads Python and mypy: ${Math.round(BYTES / 1e6)} MB.`;
const here = new URL(".", document.currentScript.src).href;
const playground = document.getElementById("playground");
const names = "editor select run stop progress status problems output".split(" ");
const [editor, select, runButton, stopButton, progress, status, problems, output] = names.map((name) =>
  playground.querySelector(`[data-is=${name}]`),
);

const wanted = new Set(); // of "check" and "run": what is to be done next
let worker; // which has Python; there is none until the first run
let doing; // "load", "check" or "run", and nothing when the worker waits
let about = UNLOADED; // or, once Python is there, the versions of what runs
let checking; // the text that is checked
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

function openFromAddress() {
  const [, code] = location.hash.split("#code=");
  if (code === undefined) return false;
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

// -- Python

function start() {
  doing = "load";
  worker = new Worker(`${here}worker.js`, { type: "module" });
  worker.onmessage = ({ data }) => replies[data.type](data);
  worker.onerror = (event) => replies.failed({ message: event.message || "the worker cannot be loaded" });
  say("Loading Python and mypy …");
  progress.value = 0;
  progress.hidden = false;
}

const replies = {
  progress({ loaded }) {
    progress.value = loaded;
    if (loaded === BYTES) say("Starting Python …");
  },
  ready(data) {
    about = data.about;
    done();
  },
  checked({ problems: found }) {
    // A text that has changed since is checked again soon.
    if (checking === view.state.doc) showProblems(found);
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
  if (!worker) return;
  timer = setTimeout(() => {
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
    if (doing === "check") checking = view.state.doc;
    if (doing === "run") output.textContent = "";
    if (doing) worker.postMessage({ task: doing, program: view.state.doc.toString() });
    say({ check: "Checking …", run: "Running …" }[doing] ?? about);
  }
  runButton.disabled = doing === "run";
  stopButton.disabled = !doing;
}

function halt() {
  worker.onmessage = worker.onerror = null; // What it has said before may be still on its way.
  worker.terminate();
  worker = doing = undefined;
  about = UNLOADED;
  wanted.clear();
  progress.hidden = true;
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
stopButton.onclick = () => {
  const hadStarted = doing !== "load";
  halt();
  if (hadStarted) {
    output.append("\n(Stopped.)");
    start();
    next();
  }
};
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
  select.onchange();
}
next();
if (location.protocol === "file:") {
  runButton.disabled = true;
  say("Browsers start no Python from a file: serve the site, with python3 -m http.server for instance.");
}
