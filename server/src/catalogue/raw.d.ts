/** Text of a file, inlined into the bundle at build time. */
declare module "*?raw" {
  const text: string;
  export default text;
}
