// node warm.js PYODIDE PACKAGES IMPORTS HOME: checks the program IMPORTS, which imports what the examples import, and
// writes mypy's cache, with the plugin and without it, into the folder HOME, so that no reader waits until mypy has
// read typeshed.

import { readFileSync } from "node:fs";
import { startPython } from "./python.js";

async function warm(indexURL, packages, imports, home) {
  const python = await startPython(new Uint8Array(readFileSync(packages)).buffer, { indexURL });
  const session = python.pyimport("session");
  const program = readFileSync(imports, "utf8");
  for (const plugin of [true, false]) session.check(program, false, plugin);
  python.mountNodeFS("/into", home);
  python.pyimport("shutil").copytree(session.CACHE, `/into/${session.CACHE}`);
}

warm(...process.argv.slice(2)).catch((error) => {
  console.error(error.message); // Not the line that it is from: that has a megabyte.
  process.exitCode = 1;
});
