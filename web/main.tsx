// Where the page begins: its styles, its theme, its queries.
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './style.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Refusal } from './api.ts';
import { Application } from './application.tsx';
import { cssVariables, theme } from './theme.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
// Libraries that add style elements of their own read the nonce here (the convention of webpack).
Object.assign(globalThis, { __webpack_nonce__: nonce });

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // Where the browser believes itself offline, a server in the house may still answer; and where it does not, that is said,
      // instead of waiting without a word for the network to be back.
      networkMode: 'always',
      // Which is not so by itself any more, then.
      refetchOnReconnect: true,
      staleTime: 5_000,
      // What the server refused it would refuse again; a connection may come back.
      retry: (count, error) => !(error instanceof Refusal && error.problem !== null) && count < 2,
    },
    mutations: { networkMode: 'always' },
  },
});

createRoot(document.getElementById('root')!, {
  // That nobody answered is told on the screen; any other error is one of ours.
  onCaughtError: (error) => {
    if (!(error instanceof Refusal)) console.error(error);
  },
}).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        {/*
          Over dialogs (200), under what opens from a button (300): a menu is never covered by what was just said. The limit is one that
          nobody meets: beyond it a word would wait, unseen, until another leaves.
        */}
        <Notifications position="bottom-right" autoClose={6_000} zIndex={250} limit={50} />
        <Application />
      </MantineProvider>
    </QueryClientProvider>
  </StrictMode>,
);
