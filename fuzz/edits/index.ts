/** Chooses the next edit of a text. */
import { type Damage, type Edit, type EditContext, insertion } from "./edit";
import { INPUT_DAMAGE } from "./input";
import { LAUNCH_DAMAGE } from "./launch";
import { STRUCTURE_DAMAGE } from "./structure";
import { TEXT_DAMAGE } from "./text";

export type { Edit, EditContext } from "./edit";

const ALL = [...TEXT_DAMAGE, ...LAUNCH_DAMAGE, ...STRUCTURE_DAMAGE, ...INPUT_DAMAGE];
const TOTAL = ALL.reduce((sum, [weight]) => sum + weight, 0);

/** The next edit; it always changes the text. */
export function nextEdit(context: EditContext): Edit {
  for (let tries = 0; tries < 10; tries++) {
    const edit = someDamage(context)(context);
    if (edit && edit.start <= edit.end && context.text.slice(edit.start, edit.end) !== edit.newText)
      return edit;
  }
  return insertion(context.text.length, "\n");
}

function someDamage({ random }: EditContext): Damage {
  let left = random.next() * TOTAL;
  for (const [weight, damage] of ALL) {
    left -= weight;
    if (left < 0) return damage;
  }
  return TEXT_DAMAGE[0]?.[1] as Damage;
}

/** A text after an edit. */
export function afterEdit(text: string, { start, end, newText }: Edit): string {
  return text.slice(0, start) + newText + text.slice(end);
}
