/** What the client can do, read once from `initialize`; a client that says nothing gets the plainest protocol. */
import type { InitializeParams } from "vscode-languageserver";

export interface ClientFeatures {
  readonly configuration: boolean;
  readonly dynamicConfiguration: boolean;
  /** Tells of folders that are added to the workspace and taken out of it. */
  readonly workspaceFolders: boolean;
  /** Watches files that it is asked to watch, and, with a pattern relative to it, in any folder. */
  readonly watchesFiles: boolean;
  readonly watchesAnyFolder: boolean;
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly codeDescription: boolean;
  readonly codeActionLiterals: boolean;
  readonly nestedSymbols: boolean;
  /** Shows annotated edits to its user before it makes them. */
  readonly annotatesChanges: boolean;
  /** A command of the client that opens the suggestions, from its initialization options. */
  readonly suggestCommand?: string | undefined;
  /** What that command is called with. */
  readonly suggestArguments?: readonly unknown[] | undefined;
  /** Where the client has the pages of the rules, as a URL ending in `/`. */
  readonly rulePages?: string | undefined;
  /** The address of the server's own bundle, for a worker that does not know it. */
  readonly scripts?: string | undefined;
  /** Whether it wants to hear of it when another release may judge. */
  readonly showsRelease: boolean;
  /** Has the commands of `LAUNCH_COMMANDS` and `CONVERSIONS`, and where it has a terminal, runs launches in it. */
  readonly launchCommands: boolean;
  readonly terminal: boolean;
  readonly refreshesLenses: boolean;
  /** Makes files as part of an edit. */
  readonly createsFiles: boolean;
  /** Whether files beside the open documents may be read: not in VS Code's Restricted Mode. */
  readonly trusted: boolean;
}

export function readClientFeatures(params: InitializeParams | undefined): ClientFeatures {
  const { workspace, textDocument } = params?.capabilities ?? {};
  const options = params?.initializationOptions ?? {};
  return {
    configuration: workspace?.configuration ?? false,
    dynamicConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
    workspaceFolders: workspace?.workspaceFolders ?? false,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    watchesAnyFolder: workspace?.didChangeWatchedFiles?.relativePatternSupport ?? false,
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport ?? false,
    codeDescription:
      textDocument?.publishDiagnostics?.codeDescriptionSupport ??
      textDocument?.diagnostic?.codeDescriptionSupport ??
      false,
    codeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false,
    annotatesChanges: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    suggestCommand: stringOf(options.suggestCommand),
    suggestArguments: Array.isArray(options.suggestArguments) ? options.suggestArguments : undefined,
    rulePages: stringOf(options.rulePages),
    scripts: stringOf(options.scripts),
    showsRelease: options.showsRelease === true,
    launchCommands: options.launchCommands === true,
    terminal: options.terminal === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport ?? false,
    // Files are made by document changes alone; Neovim, which does it, does not say that it knows those.
    createsFiles: (workspace?.workspaceEdit?.resourceOperations ?? []).includes("create"),
    trusted: options.trusted !== false,
  };
}

function stringOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
