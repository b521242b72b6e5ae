// A real DNS server on this machine, over UDP, that knows the records a test gives it and says of everything else that it is not there.
import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { type Answer, decode, encode, type Packet } from 'dns-packet';
import { onTestFinished } from 'vitest';

export interface Zone {
  /** By name; a long text is sent in pieces, as DNS does. */
  txt?: Record<string, string[]>;
  mx?: Record<string, { exchange: string; priority: number }[]>;
  /** Names of which nothing is said at all: the question waits for nobody. */
  silent?: string[];
}

const notThere = 3;

/** Answers its address, '127.0.0.1:port', and the names that were asked about. */
export async function startDnsServer(zone: Zone): Promise<{ address: string; asked: string[] }> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (message, from) => {
    const query = decode(message);
    const { name, type } = query.questions![0]!;
    asked.push(`${type} ${name}`);
    if (zone.silent?.includes(name)) return;
    socket.send(encode(answerTo(query, name, type, zone)), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => socket.close(() => resolve())));
  return { address: `127.0.0.1:${(socket.address() as AddressInfo).port}`, asked };
}

function answerTo(query: Packet, name: string, type: string, zone: Zone): Packet {
  const texts = type === 'TXT' ? (zone.txt?.[name] ?? []) : [];
  const exchangers = type === 'MX' ? (zone.mx?.[name] ?? []) : [];
  const answers = [
    ...texts.map((text) => ({ type: 'TXT' as const, name, ttl: 1, data: text.match(/.{1,200}/g) ?? [''] })),
    ...exchangers.map(({ exchange, priority }) => ({
      type: 'MX' as const,
      name,
      ttl: 1,
      data: { exchange, preference: priority },
    })),
  ];
  const isKnown = [zone.txt, zone.mx].some((records) => records?.[name] !== undefined);
  return {
    id: query.id!,
    type: 'response',
    flags: isKnown ? 0 : notThere,
    questions: query.questions!,
    answers: answers as Answer[],
  };
}
