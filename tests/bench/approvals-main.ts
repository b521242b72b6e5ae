// Approving many in a process of its own: prints the figures as JSON. Argument: messages.
import { benchApprovals } from './approvals.ts';

console.log(JSON.stringify(await benchApprovals(Number(process.argv[2]))));
