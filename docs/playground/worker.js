// The worker in which Python runs: it takes a program to check or to run, and posts what comes of it.

import createPyodideModule from "pyodide/pyodide.asm.mjs";
import { startPython } from "./python.js";

const LONGEST_OUTPUT = 100_000; // in characters; a page with more of it is slow
const PAUSE = 50; // in milliseconds, between messages with output

// Pyodide fetches some files itself. This counts the bytes of all of them, for the progress bar.
const fetchUncounted = self.fetch;
let loaded = 0;
self.fetch = async (...request) => {
  const response = await fetchUncounted(...request);
  if (!response.ok) throw new Error(`${response.url} is missing: ${response.status}`);
  const counter = new TransformStream({
    transform(chunk, controller) {
      loaded += chunk.length;
      postMessage({ type: "progress", loaded });
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counter), response);
};

const decoder = new TextDecoder();
let output = "";
let posted = { characters: 0, time: 0 };

const here = new URL(".", self.location).href;
const starting = start();

async function start() {
  const packages = fetch(`${here}packages.zip`).then((response) => response.arrayBuffer());
  const python = await startPython(packages, { createPyodideModule, indexURL: here });
  python.setStdin({ stdin: () => null }); // Its end: there is nobody to ask.
  python.setStdout({ write });
  python.setStderr({ write });
  python.runPython("import sys; sys.stdout.reconfigure(line_buffering=True)");
  const session = python.pyimport("session");
  postMessage({ type: "ready", about: session.about() });
  return session;
}

self.onmessage = async ({ data: { task, number, program, options } }) => {
  try {
    const session = await starting;
    if (task === "check") {
      postMessage({ type: "checked", number, problems: JSON.parse(session.check(program, options.strict, options.plugin)) });
    } else {
      posted = { characters: 0, time: 0 };
      session.run(program);
      postOutput();
      postMessage({ type: "ran" });
    }
  } catch (error) {
    postMessage({ type: "failed", message: error.message });
  }
};

starting.catch((error) => postMessage({ type: "failed", message: error.message }));

function write(bytes) {
  output += decoder.decode(bytes, { stream: true });
  if (performance.now() - posted.time > PAUSE) postOutput();
  return bytes.length;
}

function postOutput() {
  const room = LONGEST_OUTPUT - posted.characters;
  if (output && room > 0) {
    const text = output.length > room ? `${output.slice(0, room)}\n(The rest is not shown.)` : output;
    postMessage({ type: "output", text });
  }
  posted = { characters: posted.characters + output.length, time: performance.now() };
  output = "";
}
