/** Every rule over the argument parser's faults. Where several take the same fault, the first that speaks wins. */
import { abbreviatedFlag, ambiguousFlag, flagSpelling, helpFlag, unknownFlag } from "./names";
import { repeatedFlag } from "./occurrence";
import { flagOfAnotherRelease, wordOfAnotherRelease } from "./other-releases";
import type { Rule } from "./rule";
import {
  commaList,
  commaListOfChoices,
  missingValue,
  noneAsChoice,
  noneAsWord,
  notAChoice,
  strayWords,
  surplusWords,
  switchWithValue,
  wrongType,
} from "./values";

export const ARGPARSE_RULES: readonly Rule[] = [
  flagSpelling,
  flagOfAnotherRelease,
  unknownFlag,
  ambiguousFlag,
  abbreviatedFlag,
  helpFlag,
  missingValue,
  switchWithValue,
  surplusWords,
  strayWords,
  noneAsWord,
  noneAsChoice,
  commaList,
  commaListOfChoices,
  wrongType,
  wordOfAnotherRelease,
  notAChoice,
  repeatedFlag,
];
