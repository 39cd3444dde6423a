import type { Dimensions, ImageFormat, Material, PartKind, RenderSettings } from '../../shared/domain/index.ts';
import type { Result } from '../../shared/errors/index.ts';

/** What a renderer must know of a render material: base colour, metallic and roughness. */
export type PartMaterial = Pick<Material, 'color' | 'metallic' | 'roughness'>;

/** One picture of one product: its shape, the resolved render material of each part, and how it is to be taken. */
export interface RenderRequest {
  readonly product: {
    readonly pim_id: string;
    readonly designation: string;
    readonly kind: PartKind;
    readonly dimensions: Dimensions;
    /** CAD material name per part. A `cage` or `screw` that is not named here is not drawn (full complement). */
    readonly cad_materials: Readonly<Record<string, string>>;
  };
  /** Render material per part (`inner_ring`, `cage`, …). A drawn part without one is a failure, never a default. */
  readonly materials: Readonly<Record<string, PartMaterial>>;
  readonly settings: RenderSettings;
}

/** A finished picture, encoded in the ordered format at exactly the ordered size. */
export interface RenderedImage {
  readonly bytes: Buffer;
  readonly format: ImageFormat;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly duration_ms: number;
}

export interface RenderOptions {
  /** Stops the render; it then fails as `interrupted`. */
  readonly signal?: AbortSignal;
  /** Called with 0 to 1, rising, 1 last. */
  readonly onProgress?: (progress: number) => void;
  /** Called with what belongs into the render's log, a line at a time. */
  readonly onLog?: (text: string) => void;
}

/**
 * Something that can make the picture of a product. Fails as a value with `part_not_drawable`, `unmapped_material`
 * or `interrupted`; anything thrown is a bug or a broken machine.
 */
export interface Renderer {
  readonly name: string;
  render(request: RenderRequest, options?: RenderOptions): Promise<Result<RenderedImage>>;
}
