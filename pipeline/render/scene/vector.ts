/** A point or direction, millimetres. In camera space: x right, y up, z towards the viewer. */
export type Vec = readonly [number, number, number];

export function add(a: Vec, b: Vec): Vec {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

export function scale(a: Vec, k: number): Vec {
  return [a[0] * k, a[1] * k, a[2] * k];
}

export function dot(a: Vec, b: Vec): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vec, b: Vec): Vec {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function normalize(a: Vec): Vec {
  return scale(a, 1 / Math.hypot(a[0], a[1], a[2]));
}

/** `a·k + b·l`, the most used step of all. */
export function mix(a: Vec, k: number, b: Vec, l: number): Vec {
  return [a[0] * k + b[0] * l, a[1] * k + b[1] * l, a[2] * k + b[2] * l];
}
