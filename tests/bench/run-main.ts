// One size of the run's benchmark in a process of its own, so that its memory is its own: prints the figures as JSON.
import { benchRun } from './run.ts';

console.log(JSON.stringify(await benchRun(Number(process.argv[2]), Number(process.argv[3]))));
