// Runs a Python file in Pyodide and prints what its `answers()` returns.
//
//     node answer.mjs PYODIDE QUESTIONS.py FOLDER ...
//
// PYODIDE is npm's package; each FOLDER is a Python package, which Pyodide sees and may not write to.
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, questions, ...folders] = process.argv.slice(2).map((path) => resolve(path));
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`));
const started = performance.now();
const python = await loadPyodide({
  env: { HOME: "/tmp", PYTHONDONTWRITEBYTECODE: "1" },
});
for (const folder of folders) {
  const place = `/packages/${basename(folder)}`;
  python.FS.mkdirTree(place);
  python.mountNodeFS(place, folder);
}
console.error(`Pyodide ${python.version} started in ${Math.round(performance.now() - started)} ms`);
try {
  python.runPython("import sys; sys.path.insert(0, '/packages')");
  python.runPython(readFileSync(questions, "utf8"));
  console.log(python.runPython("answers()"));
} catch (error) {
  console.error(error.message); // Node would print Pyodide's own source, all of it in one line
  process.exitCode = 1;
}
