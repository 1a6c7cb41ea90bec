// @ts-check
/** Formats of printed numbers. */

/** @param {string} name @param {string} value */
export const print = (name, value) => console.log(`${name.padEnd(50)} ${value}`);

/** @param {number} value */
export const ms = (value) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;

/** The speed compared with a peer, in words. @param {number} our @param {number} theirs */
export const against = (our, theirs) =>
  `${ms(our)}; yaml-language-server ${ms(theirs)} = ${ratio(theirs, our)} × ours`;

/** @param {number} one @param {number} other */
export const ratio = (one, other) => (one / other).toFixed(1);
