import { openApiInfo } from "./open-api-info.ts";

/**
 * The entity's version in the `ETag` of `If-Match`, whatever else it names. Another server's tag, or an older release's, is of no
 * version that there is.
 */
export function versionIn(tag: string | undefined): { readonly ifVersion?: number } {
  if (tag === undefined || tag.trim() === "*") return {};
  const [, version] = tag.split(`"${openApiInfo.info.version}-`);
  return { ifVersion: Number.parseInt(version ?? "0", 10) || 0 };
}
