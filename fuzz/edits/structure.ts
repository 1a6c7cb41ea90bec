/** Damage to the syntax around a launch, by notation. */
import type { NotationId } from "../../server/src/notations";
import { type Damage, insertion, lineStarts } from "./edit";

const RUN = "python -m lightllm.server.api_server";

const YAML = [
  "---\n",
  "...\n",
  "--- # x\n",
  "%YAML 1.2\n---\n",
  "x-a: &a { tp: 8 }\n",
  "x-b: &b\n  port: 1\n  <<: *a\n",
  "<<: *a\n",
  "<<: [*a, *b]\n",
  "<<: x\n",
  "env:\n  LOADWORKER: 18\n",
  "env: [a]\n",
  "env: *a\n",
  "  - a\n",
  "? tp\n: 8\n",
  "tp: &c 8\n",
  "host: |\n  a\n",
  "x-name: n\n",
  "x-arguments: --tp 8\n",
  "x-arguments: [--tp, 8]\n",
  "{tp: 8}\n",
  "# lightllm: release=v1.1.0\n",
  "{{- if .Values.x }}\n",
  "{{- end }}\n",
] as const;

const SHELL = [
  `${RUN} --tp 8\n`,
  `if [ 1 ]; then ${RUN} --tp 8; fi\n`,
  "ARGS=(--tp 8)\n",
  'ARGS+=("--port 8")\n',
  '"${ARGS[@]}" \\\n',
  "export A=1\n",
  "A=1 B=2 \\\n",
  "cat <<EOF > x\n",
  "cat <<'EOF'\n",
  "EOF\n",
  "f() {\n",
  "}\n",
  "case x in\n",
  "for x in 1 2; do\n",
  "done\n",
  "set -- --tp 8\n",
  '$CMD "$@"\n',
  `CMD="${RUN} --tp 8"\n`,
  `bash -c "${RUN} --tp 8"\n`,
  `docker run -e A=1 lightllm:v1.1.0 ${RUN} --tp 8\n`,
  `srun ${RUN} \\\n`,
  "# x \\\n",
  "\\\n",
  "( ",
  " )",
  " | tee x\n",
] as const;

/** Pieces of the syntax of each notation. */
const PIECES: Readonly<Record<NotationId, readonly string[]>> = {
  yaml: YAML,
  shell: SHELL,
  dockerfile: [
    "FROM x AS y\n",
    "FROM y\n",
    "ARG A=1\n",
    "ENV A=1 B=2\n",
    "ENV A 1\n",
    "# escape=`\n",
    "ONBUILD ",
    'SHELL ["bash", "-c"]\n',
    `ENTRYPOINT ["python", "-m", "lightllm.server.api_server"]\n`,
    `CMD ["--tp", "8"]\n`,
    `CMD ${RUN} --tp 8\n`,
    "RUN <<EOF\n",
    "EOF\n",
    "\\\n",
    "# x\n",
    "COPY --from=y . .\n",
  ],
  compose: [
    ...YAML,
    "services:\n",
    "  a:\n",
    '    command: ["--tp", "8"]\n',
    "    entrypoint: python -m lightllm.server.api_server\n",
    "    environment:\n      - A=1\n",
    "    environment:\n      A: 1\n",
    "    command: >\n      --tp 8\n      --port 1\n",
    "    <<: *x\n",
    "    image: lightllm:v1.1.0\n",
    "      - --tp\n",
    '      - "8"\n',
    "      - 8\n",
  ],
  kubernetes: [
    ...YAML,
    "kind: Pod\n",
    "spec:\n",
    "  containers:\n",
    "  - name: a\n",
    '    args: ["--tp", "8"]\n',
    '    command: ["python", "-m", "lightllm.server.api_server"]\n',
    '    env:\n    - name: A\n      value: "1"\n',
    "        - |\n          exec python -m lightllm.server.api_server --tp 8\n",
    "    - {name: B, valueFrom: x}\n",
    "      - --tp\n",
    "      - 8\n",
    "$(A)",
  ],
  markdown: [
    ...SHELL,
    "```bash\n",
    "```\n",
    "```yaml\n",
    "~~~\n",
    "> ",
    "- ",
    "    ",
    "\n\n",
    "<pre>\n",
    "```console\n$ ",
    "`",
    "\t",
  ],
  restructuredtext: [
    ...SHELL,
    "::\n\n",
    ".. code-block:: bash\n\n",
    ".. code:: python\n\n    ",
    "   ",
    "\n\n",
    "``",
    ".. ",
    "   $ ",
    "   :a: b\n",
  ],
  python: [
    `cmd = ["python", "-m", "lightllm.server.api_server", "--tp", "8"]\n`,
    `cmd += ["--port", str(p)]\n`,
    "cmd.append('--x')\n",
    "cmd.extend([\n",
    "])\n",
    `subprocess.run("${RUN} --tp 8", shell=True)\n`,
    "if x:\n",
    "    ",
    "def f():\n",
    "f'{x}'",
    '"""',
    "'''",
    "r'",
    'b"',
    "# x\n",
    "*args, ",
    "(",
    ")",
    "\\\n",
    "env={'A': '1'}",
    "lambda: ",
    "[x for x in y]",
  ],
  systemd: [
    ...SHELL,
    "[Service]\n",
    "[Unit]\n",
    `ExecStart=${RUN} --tp 8\n`,
    "ExecStart=\n",
    "ExecStartPre=-",
    "Environment=A=1 'B=2 3'\n",
    "EnvironmentFile=-/etc/x\n",
    "UnsetEnvironment=A\n",
    " ; ",
    "; x\n",
    "%i",
    "%%",
    "$A ",
    "${A}",
    "$$",
    "\\x4",
    " \\ \n",
  ],
};

const insertPiece: Damage = ({ text, random, notation, file }) => {
  const pieces = PIECES[notation];
  const starts = lineStarts(text);
  const near = file.launches.flatMap(({ span }) =>
    starts.filter((at) => at >= span.start - 1 && at <= span.end),
  );
  const places = near.length > 0 && random.chance(0.6) ? near : starts;
  return insertion(
    random.chance(0.85) ? random.pick(places) : random.below(text.length + 1),
    random.pick(pieces),
  );
};

/** Encloses a part of a launch in brackets or quotes. */
const wrapStretch: Damage = ({ text, random, file }) => {
  const launch = file.launches.length > 0 ? random.pick(file.launches) : undefined;
  const [from, to] = launch ? [launch.span.start, launch.span.end] : [0, text.length];
  const start = from + random.below(to - from);
  const end = Math.min(to, start + random.below(60));
  const [open = "", close = ""] = random.pick([
    ["'", "'"],
    ['"', '"'],
    ["(", ")"],
    ["[", "]"],
    ["{", "}"],
    ["$(", ")"],
    ["`", "`"],
    ["{{", "}}"],
    ["/*", "*/"],
    ["${", "}"],
  ]);
  return { start, end, newText: open + text.slice(start, end) + close };
};

export const STRUCTURE_DAMAGE: readonly (readonly [number, Damage])[] = [
  [8, insertPiece],
  [3, wrapStretch],
];
