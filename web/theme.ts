// The look: one accent, system fonts, and quiet text that is still dark enough to read (WCAG 2.2 §1.4.3).
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const accent: MantineColorsTuple = [
  '#e6f5f1',
  '#cbe7df',
  '#98d0c0',
  '#62b7a0',
  '#37a285',
  '#1b9273',
  '#0c8067',
  '#0b6e5a',
  '#085c4b',
  '#04493b',
];

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 7 },
  colors: { accent },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.35rem' }, h2: { fontSize: '1.05rem' }, h3: { fontSize: '0.95rem' } },
  },
  respectReducedMotion: true,
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#52606d',
    '--mantine-color-placeholder': '#6b7680',
    '--mantine-color-error': '#b42318',
    '--mantine-color-body': '#fbfbfa',
    '--mantine-color-anchor': '#0b6e5a',
  },
  dark: {
    '--mantine-color-dimmed': '#aab4be',
    '--mantine-color-placeholder': '#98a2ad',
    '--mantine-color-error': '#ff9a8f',
    '--mantine-color-body': '#16191c',
    '--mantine-color-anchor': '#62c7ab',
  },
});
