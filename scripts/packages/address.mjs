// @ts-check
/**
 * The project's public address, such as `https://github.com/owner/name`. It determines `repository`, `bugs` and `homepage`
 * of both packages and the links in their documents. While it is undefined, the packages have none of these, and links
 * that need it are removed.
 * @type {string | undefined}
 */
export const ADDRESS = undefined;
