/** What the YAML readers of Go, in Docker Compose and Kubernetes, make of a scalar without quotes. */
import { Scalar } from "yaml";
import type { OtherKind } from "../list/not-text";

const NUMBER =
  /^[-+]?(?:\d[\d_]*|0x[\da-fA-F_]+|0o[0-7_]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|\.(?:inf|Inf|INF))$|^\.(?:nan|NaN|NAN)$/;
const BOOLEAN = /^(?:true|True|TRUE|false|False|FALSE)$/;
const NOTHING = /^(?:~|null|Null|NULL)$/;

/** The kind of a scalar that is certainly no text; what the readers disagree about, such as `yes`, is not judged. */
export function kindOfScalar({ type, tag, source = "" }: Scalar): OtherKind | undefined {
  if (type !== Scalar.PLAIN || tag) return undefined;
  if (NUMBER.test(source)) return "number";
  if (BOOLEAN.test(source)) return "boolean";
  return NOTHING.test(source) ? "nothing" : undefined;
}
