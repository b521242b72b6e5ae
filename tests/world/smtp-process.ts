// An SMTP server in a process of its own. Each accepted Message-ID is written to a file before the answer, so that a test can
// ask what the outside world has really received. Arguments: the file, and the milliseconds that each message takes.
import { appendFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';

const [file, delay] = [process.argv[2]!, Number(process.argv[3] ?? 0)];

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, _session, callback) {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const id = /^Message-ID: (.*)$/im.exec(Buffer.concat(chunks).toString('latin1'))?.[1]?.trim() ?? 'none';
      setTimeout(() => {
        appendFileSync(file, `${id}\n`);
        callback();
      }, delay);
    });
  },
});

server.on('error', () => {
  // Clients are killed in the middle of a sentence: that is what this server is for.
});
server.listen(0, '127.0.0.1', () => {
  const address = server.server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
