import { count, list, name, productCount } from '../answers/markdown.ts';
import { misfortune } from '../answers/outcome.ts';
import { pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import type { Outcome } from '../conversation/outcome.ts';
import { numberOf, objectsIn, textOf } from '../wire/json.ts';
import { orderIds } from './order-target.ts';
import { call, notOffered, say } from './rule.ts';
import type { Rule } from './rule.ts';

const CHECK =
  /\b(?:unmapped|not mapped|without (?:a )?mapping|missing (?:a )?(?:material|mapping)s?|nicht zugeordnet\w*|ungemappt\w*|nicht gemappt\w*|ohne zuordnung|fehlende\w* (?:material|zuordnung)\w*|(?:check|pruefe?|pruefen)\b.*\b(?:materials?|materialien)|material(?:s|ien)?[- ]?(?:check|pruefung)|(?:materials?|materialien)\b.*\bpruefen)\b/;
const SHOWN = 10;

/** "Which materials are unmapped on SA-2026-00160?" */
export const checkMaterials: Rule = {
  name: 'check-materials',
  respond: (ask) => {
    if (!CHECK.test(ask.folded)) return undefined;
    if (!ask.tools.has('check_materials')) return notOffered(ask, 'check_materials');
    const done = ask.outcomes.filter((outcome) => outcome.tool === 'check_materials');
    if (done.length > 0) return say(done.map((outcome) => checkAnswer(ask, outcome)).join('\n\n'));
    const target = orderIds(ask, 'check_materials');
    return 'step' in target
      ? target.step
      : call(...target.ids.map((id) => ask.tools.call('check_materials', { order_id: id })));
  },
};

function checkAnswer(ask: Ask, outcome: Outcome): string {
  const failed = misfortune(ask, outcome);
  if (failed !== undefined) return failed;
  const { value } = outcome;
  const order = `**${name(textOf(value.order_number) ?? '?')}**`;
  const products = count(numberOf(value.products) ?? 0, ask.language);
  const without = numberOf(value.products_with_unmapped) ?? 0;
  const override = textOf(value.material_override);
  const note =
    override === undefined
      ? ''
      : pick(
          ask,
          ` Its material override ${name(override)} covers them.`,
          ` Die Materialüberschreibung ${name(override)} deckt sie ab.`,
        );
  if (without === 0) {
    return pick(
      ask,
      `All materials of order ${order} are mapped (${products} products).`,
      `Alle Materialien von Auftrag ${order} sind zugeordnet (${products} Produkte).`,
    );
  }
  const unmapped = objectsIn(value.unmapped);
  const lines = unmapped.slice(0, SHOWN).map((entry) => {
    const products = productCount(numberOf(entry.product_count) ?? 0, ask.language);
    return `${name(textOf(entry.cad_material) ?? '?')}: ${products}`;
  });
  const share = `${count(without, ask.language)} ${pick(ask, 'of', 'von')} ${products}`;
  const head = pick(
    ask,
    `Order ${order}: ${share} products with unmapped materials.${note}`,
    `Auftrag ${order}: ${share} Produkten mit nicht zugeordneten Materialien.${note}`,
  );
  return lines.length > 0 ? `${head}\n\n${list(lines)}` : head;
}
