// How a program of ours ends badly: one sentence for what a person can put right, the whole trace for what is our fault.
import { DatabaseProblem } from '../db/problem.ts';

export function sayAndExit(error: unknown): never {
  const plain = error instanceof DatabaseProblem || (error instanceof Error && isForPeople(error));
  console.error(plain ? `\n${(error as Error).message}\n` : error);
  process.exit(1);
}

/** A port that is taken, a variable that can't be read: said in words where they arise. */
function isForPeople(error: Error & { code?: string; port?: number }): boolean {
  if (error.code === 'EADDRINUSE') {
    error.message = `Port ${error.port} is used by another program. Choose another one: PORT=3211 npm start`;
    return true;
  }
  return error.constructor === Error;
}
