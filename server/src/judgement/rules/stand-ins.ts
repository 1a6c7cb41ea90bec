/** Placeholder values: our fixes and most documentation use them for unknown values. */
import { writtenFor } from "../../launch/launch";
import { say } from "../../messages";
import { type DetectorsIn, onEach } from "./detector";
import { quoted, written } from "./rule";

/** A path below `/path/to/`, or an address of the block that RFC 5737 reserves for documentation. */
const STAND_IN = /^(?:\/path\/to\/|(?:[a-z]+:\/\/)?192\.0\.2\.\d{1,3}(?::\d+)?(?:\/|$))/;

/** A finding for each word that the user has to replace before the launch can work. */
const standIns = onEach("launch", function* (_, { launch }) {
  // In documentation such values are correct.
  if (launch.notation.purpose === "documentation") return;
  for (const argument of writtenFor(launch)) {
    if (!argument.counts) continue;
    for (const word of argument.words) {
      if (word.text === undefined || !STAND_IN.test(word.text)) continue;
      yield {
        ...(argument.flag && { flag: argument.flag }),
        message: say("rule.stand-in", { word: quoted(word.text), flag: written(argument) }),
        span: word.span,
        fixes: [],
      };
    }
  }
});

export const rules = {
  "stand-in-value": standIns,
} satisfies DetectorsIn<"judgement/rules/stand-ins.ts">;
