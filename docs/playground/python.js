// Starts the playground's Python, in the page's worker and, when the site is built, in Node.

import { loadPyodide } from "pyodide";
import { info } from "pyodide/pyodide-lock.json";

export async function startPython(packages, options) {
  const python = await loadPyodide({
    // None of the packages that Pyodide would load from another site.
    lockFileContents: { info, packages: {} },
    packageBaseUrl: ".",
    ...options,
  });
  python.unpackArchive(await packages, "zip", { extractDir: "/" });
  return python;
}
