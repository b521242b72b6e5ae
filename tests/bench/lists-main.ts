// The lists' benchmark in a process of its own: prints the figures as JSON. Arguments: open invoices, how many of them are due.
import { benchLists } from './lists.ts';

console.log(JSON.stringify(await benchLists(Number(process.argv[2]), Number(process.argv[3]))));
