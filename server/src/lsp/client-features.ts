/**
 * Capabilities of the client, read once from `initialize`. If the client does not state them, the server uses the basic
 * protocol.
 */
import type { InitializeParams } from "vscode-languageserver";

export interface ClientFeatures {
  readonly configuration: boolean;
  readonly dynamicConfiguration: boolean;
  /** Notifies the server when folders are added to the workspace or removed. */
  readonly workspaceFolders: boolean;
  /** Watches files on request, also with a pattern relative to any folder. */
  readonly watchesFiles: boolean;
  readonly watchesAnyFolder: boolean;
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly codeDescription: boolean;
  readonly codeActionLiterals: boolean;
  readonly nestedSymbols: boolean;
  /** Shows a text beside the label of each row of a completion list. */
  readonly labelDetails: boolean;
  /** Shows annotated edits to the user before it applies them. */
  readonly annotatesChanges: boolean;
  /** A command of the client that opens the suggestions, from its initialization options. */
  readonly suggestCommand?: string | undefined;
  /** Arguments of that command. */
  readonly suggestArguments?: readonly unknown[] | undefined;
  /** URL of the rule pages in the client, ending in `/`. */
  readonly rulePages?: string | undefined;
  /** Address of the server's own bundle, for a worker that does not know it. */
  readonly scripts?: string | undefined;
  /** Whether it wants a notification when the judging release may have changed. */
  readonly showsRelease: boolean;
  /** Has the commands of `LAUNCH_COMMANDS` and `CONVERSIONS`, and runs launches in a terminal if it has one. */
  readonly launchCommands: boolean;
  readonly terminal: boolean;
  readonly refreshesLenses: boolean;
  readonly refreshesHints: boolean;
  /** Formats documents of the languages that are registered. */
  readonly registersFormatting: boolean;
  /** Creates files as part of an edit. */
  readonly createsFiles: boolean;
  /** Whether files other than the open documents may be read: not in VS Code's Restricted Mode. */
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
    labelDetails: textDocument?.completion?.completionItem?.labelDetailsSupport ?? false,
    annotatesChanges: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    suggestCommand: stringOf(options.suggestCommand),
    suggestArguments: Array.isArray(options.suggestArguments) ? options.suggestArguments : undefined,
    rulePages: stringOf(options.rulePages),
    scripts: stringOf(options.scripts),
    showsRelease: options.showsRelease === true,
    launchCommands: options.launchCommands === true,
    terminal: options.terminal === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport ?? false,
    refreshesHints: workspace?.inlayHint?.refreshSupport ?? false,
    registersFormatting: textDocument?.formatting?.dynamicRegistration ?? false,
    // Only document changes can create files; Neovim supports them without announcing it.
    createsFiles: (workspace?.workspaceEdit?.resourceOperations ?? []).includes("create"),
    trusted: options.trusted !== false,
  };
}

function stringOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
