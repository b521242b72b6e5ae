// How days and amounts are written where words are shown: short on a screen, whole in a file.

export interface Writing {
  day(day: string): string;
  amount(minor: number, currency: string): string;
}
