// One size of the import's benchmark in a process of its own, so that its memory is its own: prints the figures as JSON.
import { benchImport } from './import.ts';

console.log(JSON.stringify(await benchImport(Number(process.argv[2]))));
