/** The documentation of a flag by its name, in any release. */
import { type Catalogue, flagMarkdown, type Language, type Release } from "../catalogue";

/**
 * As Markdown, for the release that is asked for if it has the flag, else for the newest one that has it; it says which
 * releases do.
 */
export function explainFlag(
  name: string,
  release: Release,
  catalogue: Catalogue,
  language: Language = "en",
): string | undefined {
  const written = `--${name.replace(/^-+/, "").replaceAll("-", "_")}`;
  const others = [...catalogue.releases].reverse();
  const having = [release, ...others].find(({ byName }) => byName.has(written));
  const flag = having?.byName.get(written);
  return having && flag && flagMarkdown(flag, having, catalogue, language);
}
