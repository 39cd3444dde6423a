import { basename } from 'node:path';
import type { Rule } from 'eslint';

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;

const fileName: Rule.RuleModule = {
  meta: { type: 'suggestion', schema: [], docs: { description: 'File names are kebab-case.' } },
  create: (context) => ({
    Program(node) {
      const name = basename(context.filename);
      if (!kebabCase.test(name)) context.report({ node, message: `File name "${name}" is not kebab-case.` });
    },
  }),
};

const disableReason: Rule.RuleModule = {
  meta: { type: 'problem', schema: [], docs: { description: 'A suppressed rule names its reason.' } },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        if (!/^\s*eslint-disable/.test(comment.value) || / -- \S/.test(comment.value)) continue;
        const loc = comment.loc ?? { line: 1, column: 0 };
        context.report({ loc, message: 'Say why the rule is suppressed: "eslint-disable-next-line RULE -- reason".' });
      }
    },
  }),
};

/** The two rules no well-kept plugin gives us as small as this: kebab-case file names, and a reason for each suppression. */
export const ownRules = { rules: { 'file-name': fileName, 'disable-reason': disableReason } };
