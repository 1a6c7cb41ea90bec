/** Texts by id in several languages, and substitution of their values. */

/**
 * A part of a text: a literal, `["name"]` for a value, `["name", null]` for a number with grouped digits,
 * `["name", forms, kind]` for a text that depends on a value.
 */
type Part =
  | string
  | readonly [string]
  | readonly [string, null]
  | readonly [string, Readonly<Record<string, readonly Part[]>>, string];

type Values = Readonly<Record<string, string | number>>;

/** The compiled texts of a language. */
export type Messages = Readonly<Record<string, string | readonly Part[]>>;

/** The language with all texts. */
const COMPLETE = "en";

/** The texts of one program. `All` maps each id to its values. */
export class Texts<All> {
  private readonly read = new Map<string, Messages>();
  private chosen: Messages | undefined;
  private language = COMPLETE;
  /** Created at the first number. */
  private plurals: Intl.PluralRules | undefined;

  /** @param compiled the compiled texts as JSON, by language; parsed on first use. */
  constructor(private readonly compiled: Readonly<Record<string, string>>) {}

  /** The available languages. */
  get languages(): readonly string[] {
    return Object.keys(this.compiled);
  }

  /** The texts of a language; undefined if there are none. */
  of(language: string): Messages | undefined {
    const json = Object.hasOwn(this.compiled, language) ? this.compiled[language] : undefined;
    const known = this.read.get(language);
    if (known || json === undefined) return known;
    const messages = JSON.parse(json) as Messages;
    this.read.set(language, messages);
    return messages;
  }

  /**
   * Sets the language of all further texts. @param locale an IETF tag such as `zh-cn`, or a POSIX locale such as
   * `zh_CN.UTF-8`; English if there are no texts for it.
   */
  useLanguage(locale: string): void {
    const [language = COMPLETE] = locale.toLowerCase().split(/[-_.@]/);
    const own = language === COMPLETE ? undefined : this.of(language);
    this.use(own ?? {}, own ? language : COMPLETE);
  }

  /** Sets the texts; missing ones are shown in English. */
  use(messages: Messages, language: string): void {
    this.chosen = messages;
    this.language = language;
    this.plurals = undefined;
  }

  /** The text of a message with its values. */
  say<Id extends keyof All & string>(
    id: Id,
    ...[values]: All[Id] extends undefined ? [] : [All[Id]]
  ): string {
    const text = this.chosen?.[id] ?? this.of(COMPLETE)?.[id] ?? id;
    return typeof text === "string" ? text : this.filled(text, (values ?? {}) as Values);
  }

  /** A text of a rule or a move in the chosen language; in English if it has no translation. */
  translated(english: string): string {
    const text = this.chosen?.[english];
    return typeof text === "string" ? text : english;
  }

  /** Whether a text begins like a message, in any language. */
  isSaidBy(id: keyof All & string, text: string): boolean {
    return [this.chosen, ...this.languages.map((language) => this.of(language))].some((messages) => {
      const said = messages?.[id];
      const start = typeof said === "string" ? said : said?.[0];
      return typeof start === "string" && text.startsWith(start);
    });
  }

  private filled(parts: readonly Part[], values: Values, number = ""): string {
    return parts.map((part) => this.partText(part, values, number)).join("");
  }

  private partText(part: Part, values: Values, number: string): string {
    if (typeof part === "string") return part;
    const [name, forms, kind] = part;
    if (forms === null) return Number(values[name]).toLocaleString(this.language);
    if (!forms) return name === "#" ? number : String(values[name] ?? "");
    const value = values[name] ?? "";
    const form =
      kind === "number" ? (forms[`=${value}`] ?? forms[this.pluralOf(Number(value))]) : forms[value];
    return this.filled(form ?? forms.other ?? [], values, String(value));
  }
  private pluralOf(count: number): Intl.LDMLPluralRule {
    this.plurals ??= new Intl.PluralRules(this.language);
    return this.plurals.select(count);
  }
}
