// @ts-check
/**
 * Where the project is published, such as `https://github.com/owner/name`: the one place that says so. `repository`, `bugs`
 * and `homepage` of both packages and the links of their documents are made from it. Unset as long as there is no address;
 * the packages then have none of these, and their documents no link that needs one.
 * @type {string | undefined}
 */
export const ADDRESS = undefined;
