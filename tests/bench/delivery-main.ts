// One delivery benchmark in a process of its own: prints the figures as JSON. Arguments: messages, bytes of the attachment.
import { benchDelivery } from './delivery.ts';

console.log(JSON.stringify(await benchDelivery(Number(process.argv[2]), Number(process.argv[3]))));
