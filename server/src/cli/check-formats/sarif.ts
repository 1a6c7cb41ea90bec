/** SARIF 2.1.0, for code scanning. */
import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { service } from "../../service";
import { version } from "../../version";
import {
  type CheckResult,
  fingerprintsOf,
  fixesOfReported,
  plainText,
  type ReportedFinding,
  rangeOfReported,
} from "../check-result";
import { printJson } from "../output";
import { ruleHelp } from "../rule-help";
import { otherPlaces } from "./other-places";

const LEVEL = { error: "error", warning: "warning", hint: "note" } as const;

type Range = ReturnType<typeof rangeOfReported>;

/** Prints one run, with the rules that reported something, their help, and fixes. */
export function printSarif({ findings, files }: CheckResult): void {
  const codes = [...new Set(findings.map(({ finding }) => finding.code))].sort();
  const prints = fingerprintsOf(findings);
  const rules = service.shippedCatalogue().rules();
  printJson({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "lightllm-config",
            semanticVersion: version,
            rules: codes.map((code) => {
              const { title, severity, effect, stage } = rules[code];
              const markdown = ruleHelp(code);
              return {
                id: code,
                name: code.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
                shortDescription: { text: plainText(title) },
                ...(markdown !== undefined && { help: { text: plainText(markdown), markdown } }),
                defaultConfiguration: { level: LEVEL[severity] },
                properties: { tags: ["lightllm", effect, stage] },
              };
            }),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: files.every(({ error }) => error === undefined),
            toolExecutionNotifications: files.flatMap(({ error }) =>
              error === undefined ? [] : [{ level: "error", message: { text: error } }],
            ),
          },
        ],
        results: findings.map((one) => ({
          ruleId: one.finding.code,
          ruleIndex: codes.indexOf(one.finding.code),
          level: LEVEL[one.finding.severity],
          message: { text: plainText(one.finding.message) },
          locations: [locationOf(one.path, rangeOfReported(one))],
          ...relatedTo(one),
          partialFingerprints: { "lightllmConfig/v1": prints.get(one) },
          ...fixesIn(one),
        })),
      },
    ],
  });
}

function relatedTo({ between, finding, document }: ReportedFinding) {
  const elsewhere = otherPlaces(finding, document);
  if (elsewhere.length > 0)
    return {
      relatedLocations: elsewhere.map(({ path, range, message }) => ({
        ...locationOf(path, range),
        message: { text: plainText(message) },
      })),
    };
  if (!between || between.finding.others.length === 0) return {};
  return {
    relatedLocations: between.finding.others.map(({ member, span, message }) => ({
      ...locationOf(member.document.document.uri, service.rangeOf(member.document.document, span)),
      message: { text: plainText(message) },
    })),
  };
}

function fixesIn(one: ReportedFinding) {
  const fixes = fixesOfReported(one).filter(({ kind }) => kind !== "stand-in");
  if (fixes.length === 0) return {};
  return {
    fixes: fixes.map(({ title, edits }) => ({
      description: { text: title },
      artifactChanges: [...new Set(edits.map(({ path }) => path))].map((path) => ({
        artifactLocation: { uri: uriOf(path) },
        replacements: edits
          .filter((edit) => edit.path === path)
          .map(({ range, newText }) => ({
            deletedRegion: regionOf(range),
            ...(newText !== "" && { insertedContent: { text: newText } }),
          })),
      })),
    })),
  };
}

function locationOf(path: string, range: Range) {
  return { physicalLocation: { artifactLocation: { uri: uriOf(path) }, region: regionOf(range) } };
}

function regionOf({ start, end }: Range) {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** A relative path as a URI reference; code scanning resolves it at the root of the repository. */
function uriOf(path: string): string {
  if (path === "-") return "stdin";
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return path
    .replace(/^\.[\\/]/, "")
    .split(/[\\/]/)
    .map(encodeURIComponent)
    .join("/");
}
