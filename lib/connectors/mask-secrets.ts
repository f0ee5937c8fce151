/** Shapes of values that are secrets wherever they stand; each is anchored on a fixed prefix, so that it is cheap to look for. */
const SECRET =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)|\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?|\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk-|sk_live_|rk_live_|hvs\.|hvb\.|npm_|pypi-|AIza|ya29\.|dop_v1_|shpat_)[\w.-]{16,}|\/\/[^\s/:@]{1,200}:[^\s/@]{1,200}@|\bBearer\s+[\w.~+/-]{16,}=*/gi;

const HINT =
  /-----BEGIN|eyJ|gh[pousr]_|github_pat_|glpat-|xox|sk[-_]|rk_|hv[sb]\.|npm_|pypi-|AIza|ya29\.|dop_v1_|shpat_|@|bearer/i;

/** Free text with every value that looks like a secret replaced by `[secret]`. */
export function maskSecrets(text: string): string {
  return HINT.test(text) ? text.replace(SECRET, '[secret]') : text;
}
