// What a command of the command line is, how it prints, and the exit codes that all of them share.
import type { Acting, Context } from '../app/context.ts';
import type { Worker } from '../app/deliver-outbox.ts';
import type { Fault } from '../core/fault.ts';
import type { ScreenLanguage } from '../core/reason-words.ts';
import type { DatabaseConnection } from '../db/connection.ts';

/** Documented in docs/operations.md and in `relance help`. */
export const exitCodes = {
  done: 0,
  /** It could not be done: the sentence says why. */
  failed: 1,
  /** The words of the command are off. */
  usage: 2,
  /** An import was refused because of its rows, nothing changed; `doctor` or a check found something wrong. */
  findings: 3,
} as const;

export interface CommandInput {
  words: string[];
  options: Record<string, string | boolean | string[] | undefined>;
  context: Context;
  /** The company that the command is for. */
  acting: Acting;
  language: ScreenLanguage;
  connection: DatabaseConnection;
  worker(): Promise<Worker>;
  /** Progress, to standard error so that --json stays clean. */
  progress(text: string): void;
}

export interface CommandOutput {
  exitCode: number;
  /** Printed with --json. */
  json: unknown;
  /** Printed otherwise, a line each. */
  lines: string[];
}

export interface Command {
  name: string;
  /** One line. */
  summary: string;
  /** Usage, options and examples. */
  help: string;
  options?: Record<string, { type: 'string' | 'boolean'; multiple?: boolean }>;
  /** What the command needs before it runs; a company by default. */
  needs?: 'company' | 'database';
  run(input: CommandInput): Promise<CommandOutput>;
}

export class UsageError extends Error {}

/** A fault, carried to the one place that prints it. */
export class FaultError extends Error {
  readonly fault: Fault;
  /** What is wrong in particular, a line each. */
  readonly details: readonly string[];

  constructor(fault: Fault, details: readonly string[] = []) {
    super(fault.code);
    this.fault = fault;
    this.details = details;
  }
}

export function orThrow<T>(result: { ok: true; value: T } | { ok: false; fault: Fault }): T {
  if (!result.ok) throw new FaultError(result.fault);
  return result.value;
}

/** Columns of text, the numbers among them aligned to the right. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (right.includes(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
}
