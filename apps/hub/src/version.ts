/** The version that `/health` and `--version` tell: the product's, as in the root manifest. */
export const version = "0.1.0";
