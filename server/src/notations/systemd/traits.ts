import type { NotationTraits } from "../../launch/notation-traits";

export const systemdTraits = {
  id: "systemd",
  purpose: "program",
  comments: ["#", ";"],
  runsHere: true,
  hasPlaceholders: false,
  hasHeadComment: true,
  isIndented: false,
  languageId: "systemd-unit-file",
  ending: ".service",
  fence: "ini",
  recognised: [
    {
      languages: ["systemd-unit-file", "systemd-conf"],
      sharedLanguages: ["ini", "properties"],
      otherLanguages: ["systemd"],
      path: /\.service$|\.service\.d[\\/][^\\/]+\.conf$/i,
    },
  ],
  contributes: {
    id: "systemd-unit-file",
    aliases: ["systemd unit file"],
    extensions: [".service"],
    filenamePatterns: ["**/*.service.d/*.conf"],
  },
} as const satisfies NotationTraits;
