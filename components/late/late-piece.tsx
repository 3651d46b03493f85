"use client";

import { Component, type ComponentType, type ReactNode, Suspense, use, useCallback } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useLocale, useMissing, useT } from "@/components/locale/i18n-provider";
import { LateTexts } from "@/components/locale/with-texts";
import { loadTexts } from "@/lib/client/late-texts";
import type { TextScope } from "@/lib/i18n/message-key";

interface Piece<P> {
  /** What it says beside the texts of every page. */
  texts: readonly TextScope[];
  load: () => Promise<ComponentType<P>>;
  /** Stands in its place while it loads. */
  waiting?: ReactNode;
}

/** A part of a screen whose code and texts come when it is first shown: dialogs, drawers, tabs behind the first one. */
export function latePiece<P extends object>({ texts, load, waiting }: Piece<P>) {
  let code: Promise<ComponentType<P>> | null = null;
  const loadOnce = () => {
    code ??= load().catch((error: unknown) => {
      // Asked for again when it is shown again.
      code = null;
      throw error;
    });
    return code;
  };
  const piece: Piece<P> = { texts, load: loadOnce };
  return Object.assign(
    (props: P) => (
      <PieceBoundary>
        <Suspense fallback={waiting}>
          <Loaded piece={piece} props={props} />
        </Suspense>
      </PieceBoundary>
    ),
    { piece },
  );
}

function Loaded<P extends object>({ piece, props }: { piece: Piece<P>; props: P }) {
  const preload = usePreload({ piece });
  // Code and texts at once, not one after the other.
  preload();
  const Inside = use(piece.load());
  return (
    <LateTexts scopes={piece.texts}>
      <Inside {...props} />
    </LateTexts>
  );
}

/** Asks for a piece before it is shown: when pointer or focus come near to what opens it. */
export function usePreload<P extends object>(late: { piece: Piece<P> }): () => void {
  const { piece } = late;
  const locale = useLocale();
  const missing = useMissing(piece.texts);
  return useCallback(() => {
    // What does not come is said when it is shown.
    piece.load().catch(() => undefined);
    if (missing.length > 0) void loadTexts(locale, missing);
  }, [piece, locale, missing]);
}

/** A piece that does not come, or throws, says so in its place and leaves the rest of the page alone. */
class PieceBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return <PieceFailed error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}

function PieceFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useT();
  return <ErrorPanel title={t("shell.piece_failed")} error={error} onRetry={onRetry} />;
}
