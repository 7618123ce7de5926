import { type FigureName, figures } from "./figures.ts";

/** A figure with its unit, as text. */
export function figureText(name: FigureName, value: number): string {
  const { unit } = figures[name];
  return unit === "/s" ? `${digits(value)}/s` : `${digits(value)} ${unit}`;
}

/** Rounds to three digits: a measurement on a shared machine is no more precise. */
export function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}
