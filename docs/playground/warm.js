// node warm.js PYODIDE PACKAGES IMPORTS TREE: checks the program IMPORTS, which imports what the examples import, and
// adds to the folder TREE, in which PACKAGES was packed, what Python and mypy would make each time a reader comes.

import { readFileSync } from "node:fs";
import { startPython } from "./python.js";

async function warm(indexURL, packages, imports, tree) {
  const python = await startPython(new Uint8Array(readFileSync(packages)).buffer, { indexURL });
  python.mountNodeFS("/into", tree);
  python.runPython(readFileSync("warm.py", "utf8"));
  python.globals.get("warm")(python.pyimport("session"), readFileSync(imports, "utf8"), "/into");
}

warm(...process.argv.slice(2)).catch((error) => {
  console.error(error.message); // Not the line that it is from: that has a megabyte.
  process.exitCode = 1;
});
