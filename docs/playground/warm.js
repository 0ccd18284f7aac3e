// node warm.js PYODIDE PACKAGES IMPORTS CACHE: checks the program IMPORTS, which imports what the examples import, and
// writes mypy's cache, with the plugin and without it, into the folder CACHE, so that no reader waits until mypy has
// read typeshed.

import { readFileSync } from "node:fs";
import { startPython } from "./python.js";

async function warm(indexURL, packages, imports, cache) {
  const python = await startPython(new Uint8Array(readFileSync(packages)).buffer, { indexURL });
  const session = python.pyimport("session");
  for (const plugin of [true, false]) session.check(readFileSync(imports, "utf8"), false, plugin);
  python.mountNodeFS("/cache", cache);
  python.pyimport("shutil").copytree.callKwargs(session.CACHE, "/cache", { dirs_exist_ok: true });
}

warm(...process.argv.slice(2)).catch((error) => {
  console.error(error.message); // Not the line that it is from: that has a megabyte.
  process.exitCode = 1;
});
