import type { Vec } from '../scene/vector.ts';
import type { View } from '../scene/view.ts';
import type { PartMaterial } from '../renderer.ts';

export type Point = readonly [number, number];

export interface Frame {
  readonly origin: Vec;
  readonly x: Vec;
  readonly y: Vec;
  readonly z: Vec;
}

/** A body of the scene, mm. `part` names its material. */
export type Body = { readonly part: string } & (
  | {
      /** Turned around the z axis: `[radius, z]`, a closed ring or an open skin; `marks` of the lathe. */
      readonly kind: 'turned';
      readonly profile: readonly Point[];
      readonly closed: boolean;
      readonly marks: boolean;
    }
  | {
      /** The same turned body in many places, around each frame's own z. */
      readonly kind: 'placed';
      readonly profile: readonly Point[];
      readonly frames: readonly Frame[];
      /** The inside of a hole: black, whatever it is made of. */
      readonly dark?: boolean;
    }
  | { readonly kind: 'balls'; readonly radius: number; readonly at: readonly Vec[] }
  | {
      /** A sheet that follows rows of points, each row joined to the next, the last to the first. */
      readonly kind: 'sheet';
      readonly rows: readonly (readonly Vec[])[];
      readonly thickness: number;
    }
  | {
      readonly kind: 'prism';
      readonly outline: readonly Point[];
      readonly holes: readonly { readonly x: number; readonly y: number; readonly radius: number }[];
      readonly back: number;
      readonly front: number;
    }
  /** A cut area of the cross-section, flat; `hatched` where it is solid metal. */
  | { readonly kind: 'plate'; readonly points: readonly Vec[]; readonly hatched: boolean }
);

/** What `scene.py` reads. Lengths in mm. */
export interface BlenderScene {
  readonly width: number;
  readonly height: number;
  readonly samples: number;
  /** Radius of a ball around the origin that holds everything. */
  readonly size: number;
  /** Parallel projection; `center` is the picture's middle in the directions `right` and `up`. */
  readonly camera: View & { readonly center: Point; readonly span: number };
  /** What lies before one of these planes through the origin, where the normal points to, is cut away. */
  readonly cuts: readonly Vec[];
  readonly lines: readonly { readonly points: readonly Vec[]; readonly radius: number; readonly closed: boolean }[];
  readonly materials: Readonly<Record<string, PartMaterial | undefined>>;
  readonly bodies: readonly Body[];
}
