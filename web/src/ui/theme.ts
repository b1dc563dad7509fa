import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

// Mantine wants ten shades; what is painted comes from the variables below,
// which follow the accent that the server has written into the page.
const accent: MantineColorsTuple = ['#f1f0fd', '#e0defa', '#c4c0f3', '#a8a2ec', '#8f88e6', '#7c74e0', '#6a61db', '#5b54d6', '#4a43bd', '#3b35a0'];

export const theme = createTheme({
  primaryColor: 'accent',
  colors: { accent },
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  headings: { fontFamily: '"Inter Variable", system-ui, sans-serif' },
  defaultRadius: 8,
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
});

const ours = {
  '--mantine-color-accent-filled': 'var(--accent)',
  '--mantine-color-accent-filled-hover': 'var(--accent-hover)',
  '--mantine-color-accent-light': 'var(--accent-soft)',
  '--mantine-color-accent-light-hover': 'var(--accent-soft)',
  '--mantine-color-accent-light-color': 'var(--accent-text)',
  '--mantine-color-accent-outline': 'var(--accent-text)',
  '--mantine-color-accent-text': 'var(--accent-text)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-color-anchor': 'var(--accent-text)',
  '--mantine-color-body': 'var(--ground)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--faint)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-error': 'var(--bad-text)',
};
// Mantine's own dark greys, which inputs take without asking for a variable of ours.
const greys = { '--mantine-color-dark-4': 'var(--line-strong)', '--mantine-color-dark-5': 'var(--hover)', '--mantine-color-dark-6': 'var(--raised)' };
// Mantine writes its own colours once for each scheme, and those would win.
export const variables: CSSVariablesResolver = () => ({ variables: ours, light: ours, dark: { ...ours, ...greys } });
