// How a step reaches the customer: with a picture and a word, in order of preference.
import { Fragment } from 'react';
import type { Step } from '../../src/contract/sequence.ts';
import { Icon } from '../shell/icon.tsx';
import { wordsOf } from '../words/words.tsx';

export type Channel = Step['channels'][number];

const fr = { email: 'e-mail', task: 'tâche', otherwise: ', sinon ' };
const en: typeof fr = { email: 'e-mail', task: 'task', otherwise: ', else ' };
const useChannelWords = wordsOf({ fr, en });

/** 'e-mail, sinon tâche' */
export function useChannelsInWords(): (channels: readonly Channel[]) => string {
  const words = useChannelWords();
  return (channels) => channels.map((channel) => words[channel]).join(words.otherwise);
}

export function Channels({ channels }: { channels: readonly Channel[] }) {
  const words = useChannelWords();
  return (
    <span className="channels">
      {channels.map((channel, index) => (
        <Fragment key={channel}>
          {index === 0 ? null : words.otherwise}
          <span className="channel">
            <Icon name={channel} />
            {words[channel]}
          </span>
        </Fragment>
      ))}
    </span>
  );
}
