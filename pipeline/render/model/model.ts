import type { Posture } from '../scene/view.ts';
import type { ProfilePoint } from '../paint/lathe.ts';

/** A part of a product that has its own material, as `cad_materials` names it. */
export type PartName =
  | 'inner_ring'
  | 'outer_ring'
  | 'rolling_elements'
  | 'cage'
  | 'seal'
  | 'shield'
  | 'washer_shaft'
  | 'washer_housing'
  | 'housing'
  | 'screw';

/** A body turned around the bearing's axis, or part of its skin: points with the body to the left of the way. */
export interface Turned {
  readonly type: 'turned';
  readonly part: PartName;
  readonly points: readonly ProfilePoint[];
  /** 1 in the open, towards 0 in the dark of a gap. */
  readonly light: number;
  /** Carries turning marks; moulded and pressed parts do not. */
  readonly marks: boolean;
  /** How much darker walls get along the way, 0 to 1. */
  readonly fade?: number;
}

/** A row of equal rolling elements (or cage bars) around the axis. */
export interface Row {
  readonly part: PartName;
  readonly shape: 'ball' | 'roller';
  readonly count: number;
  /** Radius of the circle their centres lie on, and its place on the axis, mm. */
  readonly pitchRadius: number;
  readonly z: number;
  /** Ball radius; rollers take theirs from the profile. */
  readonly radius: number;
  /** Rollers: profile around their own axis, `[radius, along]`, from the back end's centre to the front end's. */
  readonly profile: readonly ProfilePoint[];
  /** Angle of a roller's axis to the bearing's, radians; positive leans outwards to the front; π/2 is radial. */
  readonly tilt: number;
  /** Angle of the first one, radians. */
  readonly phase: number;
}

/** Rows that are painted together, the farthest element first. */
export interface Elements {
  readonly type: 'elements';
  readonly rows: readonly Row[];
  readonly light: number;
}

/** A pressed cage: a flat ring that bulges over each ball. */
export interface Ribbon {
  readonly type: 'ribbon';
  readonly part: PartName;
  readonly count: number;
  readonly phase: number;
  readonly pitchRadius: number;
  /** Radial width of the band, mm. */
  readonly width: number;
  /** Place of its flat parts on the axis, and radius of the bulges around the ball centres (at z = `center`). */
  readonly flat: number;
  readonly center: number;
  readonly bulge: number;
  readonly light: number;
}

/** The upper part of balls that stand out of a flat cage lying at `z`. */
export interface Caps {
  readonly type: 'caps';
  readonly row: Row;
  readonly light: number;
}

/** A body of constant outline along z (housings); the outline runs counter-clockwise seen from the front, `[x, y]`. */
export interface Prism {
  readonly type: 'prism';
  readonly part: PartName;
  readonly outline: readonly (readonly [x: number, y: number])[];
  /** Round holes through it: centre and radius. */
  readonly holes: readonly { readonly x: number; readonly y: number; readonly radius: number }[];
  readonly back: number;
  readonly front: number;
}

/** A small turned body that is not on the bearing's axis: screws, bolt holes, grease nipples, rivets. */
export interface Fitting {
  readonly type: 'fitting';
  readonly part: PartName;
  readonly at: readonly [number, number, number];
  /** Direction it points out to. */
  readonly axis: readonly [number, number, number];
  readonly points: readonly ProfilePoint[];
  readonly light: number;
}

export type Item = Turned | Elements | Ribbon | Caps | Prism | Fitting;

/** One area of the cross-section: `[along the axis, away from it]`, mm. */
export interface Cut {
  readonly part: PartName;
  readonly outline: readonly (readonly [number, number])[];
  /** Solid metal is hatched; elements, seals and sheet are filled. */
  readonly style: 'hatched' | 'filled' | 'ball' | 'roller';
}

/** What is seen behind the cut: a bore's far wall, lit like the half cylinder it is. */
export interface Backdrop {
  readonly part: PartName;
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  /** Radius of the wall, and whether it is seen from inside. */
  readonly radius: number;
  readonly hollow: boolean;
}

/** A product as it is drawn: bodies in painting order for the cameras, and its cross-section. All mm. */
export interface Model {
  readonly posture: Posture;
  readonly items: readonly Item[];
  readonly cuts: readonly Cut[];
  readonly backdrops: readonly Backdrop[];
  /** The corners (circles around the axis, or points) that the picture must hold. */
  readonly hull: readonly { readonly radius: number; readonly z: number; readonly x: number; readonly y: number }[];
  /** Where it touches the table: half lengths of the contact across and along the picture's ground. */
  readonly footprint: { readonly level: number; readonly across: number; readonly along: number };
  /** Box of the cross-section: along the axis, away from it. */
  readonly section: { readonly left: number; readonly right: number; readonly bottom: number; readonly top: number };
}
