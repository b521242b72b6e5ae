// Looking ahead in a process of its own: prints the figures as JSON. Argument: open invoices.
import { benchAhead } from './ahead.ts';

console.log(JSON.stringify(await benchAhead(Number(process.argv[2]))));
