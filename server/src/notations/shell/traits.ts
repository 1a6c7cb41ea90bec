import type { NotationTraits } from "../../launch/notation-traits";

const RUN_BY_SHELL = /^\uFEFF?#!.*[/ \t](?:ba|da|z|k|a)?sh(?:[ \t\r\n]|$)/;

export const shellTraits = {
  id: "shell",
  purpose: "program",
  comments: ["#"],
  runsHere: true,
  hasPlaceholders: false,
  hasHeadComment: true,
  isIndented: false,
  languageId: "shellscript",
  ending: ".sh",
  fence: "sh",
  recognised: [
    {
      languages: ["shellscript"],
      otherLanguages: ["sh", "bash", "zsh"],
      path: /\.(?:sh|bash|zsh|ksh|sbatch|slurm)$/i,
    },
    { holds: (text) => RUN_BY_SHELL.test(text) },
  ],
} as const satisfies NotationTraits;
