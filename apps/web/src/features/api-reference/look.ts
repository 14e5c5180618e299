/** Scalar in the dashboard's look: its variables by our tokens, which know light and dark by themselves. */
export const LOOK = `
.light-mode, .dark-mode {
  --scalar-font: var(--face-sans);
  --scalar-font-code: var(--face-mono);
  --scalar-background-1: var(--background);
  --scalar-background-2: var(--card);
  --scalar-background-3: var(--hover);
  --scalar-background-4: var(--selected);
  --scalar-background-accent: var(--primary-soft);
  --scalar-background-alert: var(--warning-soft);
  --scalar-background-danger: var(--danger-soft);
  --scalar-color-1: var(--foreground);
  --scalar-color-2: var(--muted-foreground);
  --scalar-color-3: var(--muted-foreground);
  --scalar-color-accent: var(--primary-text);
  --scalar-color-alert: var(--warning);
  --scalar-color-danger: var(--danger);
  --scalar-color-green: var(--success);
  --scalar-color-red: var(--danger);
  --scalar-color-orange: var(--warning);
  --scalar-color-blue: var(--info);
  --scalar-color-yellow: var(--send-text);
  --scalar-color-purple: var(--chart-2);
  --scalar-border-color: var(--border);
  --scalar-button-1: var(--primary);
  --scalar-button-1-hover: var(--primary-hover);
  --scalar-button-1-color: var(--primary-foreground);
  --scalar-link-color: var(--primary-text);
  --scalar-link-color-hover: var(--primary-text);
  --scalar-tooltip-background: var(--foreground);
  --scalar-tooltip-color: var(--background);
  --scalar-scrollbar-color: var(--border-strong);
  --scalar-scrollbar-color-active: var(--input);
  --scalar-shadow-1: none;
  --scalar-shadow-2: var(--shadow-float);
  --scalar-radius: var(--radius-sm);
  --scalar-radius-lg: var(--radius-md);
  --scalar-radius-xl: var(--radius-lg);
  --scalar-custom-header-height: 48px;
  --scalar-sidebar-background-1: var(--rail);
  --scalar-sidebar-border-color: var(--border);
  --scalar-sidebar-color-1: var(--foreground);
  --scalar-sidebar-color-2: var(--muted-foreground);
  --scalar-sidebar-color-active: var(--primary-text);
  --scalar-sidebar-item-active-background: var(--selected);
  --scalar-sidebar-item-hover-background: var(--hover);
  --scalar-sidebar-item-hover-color: var(--foreground);
  --scalar-sidebar-search-background: var(--card);
  --scalar-sidebar-search-border-color: var(--input);
  --scalar-sidebar-search-color: var(--muted-foreground);
}
.scalar-app h1, .scalar-app h2, .scalar-app h3 { font-family: var(--face-display); }
`;
