/** Colour is spent on status only: what each tone looks like as text, as a filled badge, as a bar. */
export type Tone = "neutral" | "info" | "success" | "warning" | "danger";

export const TONE_TEXT: Record<Tone, string> = {
  neutral: "text-status-neutral",
  info: "text-status-info",
  success: "text-status-success",
  warning: "text-status-warning",
  danger: "text-status-danger",
};

export const TONE_BADGE: Record<Tone, string> = {
  neutral: "text-status-neutral bg-status-neutral-tint border-status-neutral-line",
  info: "text-status-info bg-status-info-tint border-status-info-line",
  success: "text-status-success bg-status-success-tint border-status-success-line",
  warning: "text-status-warning bg-status-warning-tint border-status-warning-line",
  danger: "text-status-danger bg-status-danger-tint border-status-danger-line",
};

export const TONE_FILL: Record<Tone, string> = {
  neutral: "bg-status-neutral-fill",
  info: "bg-status-info-fill",
  success: "bg-status-success-fill",
  warning: "bg-status-warning-fill",
  danger: "bg-status-danger-fill",
};
