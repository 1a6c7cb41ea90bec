/** A list of words for Python's `subprocess`. */

import { escapeFor } from "../../notations/embedded";
import { templateAt } from "../../python/text/literals";
import {
  argumentWords,
  knownWord,
  type PortableLaunch,
  type PortableVariable,
  type PortableWord,
} from "../portable";
import { commentLines, headLines, withComments } from "./comment-lines";
import { startedIn } from "./container-command";
import { assignment, isOfShells, SCRIPT } from "./shell-words";
import { uniqueNames } from "./unique-names";
import type { WriteOptions } from "./write-options";

/** The text of the file: one assignment per launch. */
export function writePythonLists(launches: readonly PortableLaunch[], { python }: WriteOptions): string {
  const names = uniqueNames(launches);
  const lists = launches.map((launch, at) => {
    const name = launches.length > 1 ? `${names[at]?.replaceAll("-", "_")}_command` : "command";
    return [...headLines(launch), ...listLines(launch, /^\d/.test(name) ? `_${name}` : name, python)].join(
      "\n",
    );
  });
  const imports = lists.some((list) => list.includes("os.environ[")) ? "import os\n\n" : "";
  const text = `${imports}${lists.join("\n\n")}\n`;
  // A comment of the original must not declare Python's source encoding.
  return CODING.test(text) ? `# coding: utf-8\n${text}` : text;
}

/** Pattern of an encoding declaration in the first two lines. */
const CODING = /^(?:.*\n)?[ \t\f]*#.*coding[:=]/;

function listLines(launch: PortableLaunch, name: string, python: string): string[] {
  const started = startedIn(launch, python, SCRIPT);
  const { run } = started;
  const environment = run.kind === "script" ? [] : started.environment;
  const exports = started.environment
    .filter((one) => !isOfShells(one))
    .map((variable) => `export ${assignment(variable)}`);
  // `env` adds variables to the current environment.
  const env = environment.length > 0 ? ['    "env",'] : [];
  const variables = environment.flatMap((variable) =>
    withComments(`    ${expression(assigned(variable))},`, variable.comments, "    "),
  );
  const words =
    run.kind === "script"
      ? [`    "bash", "-c",`, `    ${literal([...exports, ...run.lines].join("\n"))},`]
      : [
          `    ${run.program.map(expression).join(", ")},`,
          ...run.arguments.flatMap((argument) =>
            withComments(
              `    ${argumentWords(argument).map(expression).join(", ")},`,
              argument.comments,
              "    ",
            ),
          ),
        ];
  return [`${name} = [`, ...env, ...variables, ...words, ...commentLines(launch.below, "    "), "]"];
}

function assigned({ name, value }: PortableVariable): PortableWord {
  return { parts: [...knownWord(`${name}=`).parts, ...value.parts] };
}

/** A string, or an f-string with environment variables. */
function expression({ parts }: PortableWord): string {
  if (parts.every(({ kind }) => kind === "text"))
    return literal(parts.map((part) => (part.kind === "text" ? part.text : "")).join(""));
  const [only] = parts;
  if (parts.length === 1 && only?.kind === "variable") return `os.environ["${only.name}"]`;
  const inside = parts.map((part) => {
    if (part.kind === "variable") return `{os.environ['${part.name}']}`;
    const text = part.kind === "text" ? part.text : part.source;
    return escapeFor(text, ["python-double"]).replaceAll("{", "{{").replaceAll("}", "}}");
  });
  return `f"${inside.join("")}"`;
}

/** A string without placeholders such as `{port}` that would be filled in later. */
function literal(text: string): string {
  const written = escapeFor(text, ["python-double"]);
  if (templateAt(text) < 0 || !text.includes("{")) return `"${written}"`;
  return `f"${written.replaceAll("{", "{{").replaceAll("}", "}}")}"`;
}
