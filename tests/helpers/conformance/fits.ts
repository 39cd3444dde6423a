import { OVERLAYS, type Overlay } from './overlays.ts';
import { ownValidator, problemsOf, publishedValidator, type Form, type Root } from './schemas.ts';
import type { Verdict } from './verdict.ts';

const own = new Map(OVERLAYS.map((overlay) => [overlay.id, ownValidator(overlay.schema)]));

/** Why this does not fit, or null; counts the overlays that let it pass. */
export function problemIn(verdict: Pick<Verdict, 'overlays'>, form: Form, root: Root, data: unknown): string | null {
  const mine = OVERLAYS.filter((overlay) => overlay.root === root && overlay.forms.includes(form));
  const fits = ({ id }: Overlay): boolean => own.get(id)?.(data) === true;
  const broken = mine.find((overlay) => overlay.effect === 'must' && !fits(overlay));
  if (broken) {
    const validate = own.get(broken.id);
    return `${broken.id}: ${validate ? problemsOf(validate) : ''}`;
  }
  const validate = publishedValidator(form, root);
  if (validate(data) === true) return null;
  const allowed = mine.find((overlay) => overlay.effect === 'also' && fits(overlay));
  if (!allowed) return `${form}: ${problemsOf(validate)}`;
  verdict.overlays[allowed.id] = (verdict.overlays[allowed.id] ?? 0) + 1;
  return null;
}
