const safe = { filtered: false, severity: 'safe' } as const;
const undetected = { filtered: false, detected: false } as const;

/** The four categories Azure reports for text that passed. */
export const textFilterResults = { hate: safe, self_harm: safe, sexual: safe, violence: safe } as const;

/** The same for a prompt, with the two attack detectors. */
export const promptFilterResults = [
  {
    prompt_index: 0,
    content_filter_results: {
      hate: safe,
      indirect_attack: undetected,
      jailbreak: undetected,
      self_harm: safe,
      sexual: safe,
      violence: safe,
    },
  },
] as const;
