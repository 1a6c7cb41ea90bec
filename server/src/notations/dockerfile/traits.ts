import type { NotationTraits } from "../../launch/notation-traits";

export const dockerfileTraits = {
  id: "dockerfile",
  purpose: "container",
  comments: ["#"],
  runsHere: false,
  hasPlaceholders: false,
  hasHeadComment: false,
  isIndented: false,
  languageId: "dockerfile",
  ending: ".dockerfile",
  fence: "dockerfile",
  recognised: [
    {
      languages: ["dockerfile"],
      path: /(?:^|[\\/])(?:Dockerfile|Containerfile)(?:\.[^\\/]*)?$|\.(?:dockerfile|containerfile)$/i,
    },
  ],
} as const satisfies NotationTraits;
