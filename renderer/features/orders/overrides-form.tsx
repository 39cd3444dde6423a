import {
  CAMERAS,
  IMAGE_FORMATS,
  renderOverridesSchema,
  type RenderOverrides,
  type RenderSettings,
} from '../../../shared/domain/index.ts';
import { SelectField, TextField } from '../../components/fields.tsx';
import { inWords } from '../../components/format.ts';

interface OverridesFormProps {
  value: RenderOverrides;
  /** What counts where nothing is entered; shown as the placeholder. */
  base?: RenderSettings | undefined;
  onChange: (value: RenderOverrides) => void;
}

const NUMBERS = [
  { key: 'width', label: 'Width, px' },
  { key: 'height', label: 'Height, px' },
  { key: 'quality', label: 'Quality, 1–100' },
  { key: 'samples', label: 'Samples' },
] as const;

/** The first thing wrong with a field of the overrides, in words. */
function problemOf(value: RenderOverrides, key: keyof RenderOverrides): string | undefined {
  const checked = renderOverridesSchema.safeParse(value);
  return checked.success ? undefined : checked.error.issues.find((issue) => issue.path[0] === key)?.message;
}

/** Settings that replace those of the output type; an empty field replaces nothing. */
export function OverridesForm({ value, base, onChange }: OverridesFormProps) {
  const set = <K extends keyof RenderOverrides>(key: K, next: RenderOverrides[K] | undefined) => {
    const { [key]: _before, ...rest } = value;
    onChange(next === undefined ? rest : { ...rest, [key]: next });
  };
  const asBefore = (words: string | undefined) => ({
    value: '',
    label: words ? `As is (${words})` : 'As the output type',
  });
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
      <SelectField
        label="Format"
        value={value.format ?? ''}
        options={[
          asBefore(base?.format.toUpperCase()),
          ...IMAGE_FORMATS.map((format) => ({ value: format, label: format.toUpperCase() })),
        ]}
        onChange={(format) =>
          set(
            'format',
            IMAGE_FORMATS.find((known) => known === format),
          )
        }
      />
      <SelectField
        label="Camera"
        value={value.camera ?? ''}
        options={[
          asBefore(base && inWords(base.camera)),
          ...CAMERAS.map((camera) => ({ value: camera, label: inWords(camera) })),
        ]}
        onChange={(camera) =>
          set(
            'camera',
            CAMERAS.find((known) => known === camera),
          )
        }
      />
      <TextField
        label="Background"
        value={value.background ?? ''}
        placeholder={base?.background ?? 'transparent or #rrggbb'}
        error={problemOf(value, 'background')}
        onChange={(event) => set('background', event.target.value || undefined)}
      />
      {NUMBERS.map(({ key, label }) => (
        <TextField
          key={key}
          label={label}
          inputMode="numeric"
          value={value[key] ?? ''}
          placeholder={base ? String(base[key]) : undefined}
          error={problemOf(value, key)}
          onChange={(event) => {
            const digits = event.target.value.replace(/\D/g, '');
            set(key, digits === '' ? undefined : Number(digits));
          }}
        />
      ))}
    </div>
  );
}
