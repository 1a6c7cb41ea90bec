/** Reads TOML; a part of its own, because few projects need it. */
export { parse as parseToml } from "smol-toml";
