/**
 * A door puts `<meta property="csp-nonce" nonce="…">` first into the page's head, with a new nonce for each load: the one
 * inline style the policy allows is one that carries it (Radix Dialog's scroll lock asks for it through `get-nonce`).
 * The page reads it as `document.querySelector('meta[property="csp-nonce"]').nonce`.
 */
export const STYLE_NONCE_META = 'csp-nonce';
