// The roles of a company, from the one who may least to the one who may most: each may do what those before it may.

export const roles = ['reader', 'agent', 'manager', 'owner'] as const;
export type Role = (typeof roles)[number];

export const mayAs = (role: Role, least: Role): boolean => roles.indexOf(role) >= roles.indexOf(least);

/** Of two roles the one who may less. */
export const lesser = (one: Role, other: Role): Role => (mayAs(one, other) ? other : one);
