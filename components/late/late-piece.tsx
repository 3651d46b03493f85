"use client";

import { Component, type ComponentType, lazy, type ReactNode, Suspense } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useLocale, useMissing, useT } from "@/components/locale/i18n-provider";
import { LateTexts } from "@/components/locale/with-texts";
import { loadTexts } from "@/lib/client/late-texts";
import type { TextScope } from "@/lib/i18n/message-key";

interface PieceOptions<P> {
  /** What it says beside the texts of every page. */
  texts: readonly TextScope[];
  load: () => Promise<ComponentType<P>>;
  /** Stands in its place while it loads. */
  waiting?: ReactNode;
}

interface Piece<P> {
  texts: readonly TextScope[];
  load: () => Promise<ComponentType<P>>;
  /** The component, as soon as it is there. */
  inside: () => ComponentType<P>;
  /** After a failure, when somebody wants to try again. */
  forget: () => void;
}

/** A part of a screen whose code and texts come when it is first shown: dialogs, drawers, tabs behind the first one. */
export function latePiece<P extends object>({ texts, load, waiting }: PieceOptions<P>) {
  const piece = loadOnce(texts, load);
  return Object.assign(
    (props: P) => (
      <PieceBoundary onRetry={piece.forget}>
        <Suspense fallback={waiting}>
          <Loaded piece={piece} props={props} />
        </Suspense>
      </PieceBoundary>
    ),
    { piece },
  );
}

/** Loads when first asked. What failed stays failed until it is forgotten: React would ask again and again by itself. */
function loadOnce<P extends object>(
  texts: readonly TextScope[],
  load: () => Promise<ComponentType<P>>,
): Piece<P> {
  let code: Promise<ComponentType<P>> | null = null;
  let inside: ComponentType<P> | null = null;
  const once = () => {
    code ??= load();
    return code;
  };
  return {
    texts,
    load: once,
    inside: () => {
      inside ??= lazy(async () => ({ default: await once() }));
      return inside;
    },
    forget: () => {
      code = null;
      inside = null;
    },
  };
}

function Loaded<P extends object>({ piece, props }: { piece: Piece<P>; props: P }) {
  const preload = usePreload({ piece });
  // Code and texts at once, not one after the other.
  preload();
  const Inside = piece.inside();
  return (
    <LateTexts scopes={piece.texts}>
      <Inside {...props} />
    </LateTexts>
  );
}

/** Asks for a piece before it is shown: when pointer or focus come near to what opens it. */
export function usePreload<P extends object>({ piece }: { piece: Piece<P> }): () => void {
  const locale = useLocale();
  const missing = useMissing(piece.texts);
  return () => {
    // What does not come is said when it is shown.
    piece.load().catch(() => undefined);
    if (missing.length > 0) void loadTexts(locale, missing);
  };
}

/** A piece that does not come, or throws, says so in its place and leaves the rest of the page alone. */
class PieceBoundary extends Component<{ children: ReactNode; onRetry: () => void }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    const retry = () => {
      this.props.onRetry();
      this.setState({ error: null });
    };
    return <PieceFailed error={this.state.error} onRetry={retry} />;
  }
}

function PieceFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useT();
  return <ErrorPanel title={t("shell.piece_failed")} error={error} onRetry={onRetry} />;
}
