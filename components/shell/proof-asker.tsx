"use client";

import { useEffect, useState } from "react";
import { latePiece } from "@/components/late/late-piece";
import type { ApiProblem } from "@/lib/client/api-problem";
import { proving } from "@/lib/client/proving";
import type { ProofWay } from "../people/proof-dialog";

const ProofDialog = latePiece({
  texts: ["people"],
  load: async () => (await import("../people/proof-dialog")).ProofDialog,
});

function proofWay(by: unknown): ProofWay {
  return by === "new_password" || by === "provider" || by === "passkey" ? by : "password";
}

interface Asked {
  by: ProofWay;
  settle: (proved: boolean) => void;
}

/** Stands ready for calls that want to know once more who asks: one dialog for all that wait for it. */
export function ProofAsker({ name }: { name: string }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(() => {
    let waiting: Promise<boolean> | null = null;
    proving.ask = ({ reason, params }: ApiProblem) => {
      if (reason !== "reauthentication_required") return Promise.resolve(false);
      waiting ??= new Promise((settle) => {
        setAsked({ by: proofWay(params.by), settle });
      });
      return waiting.finally(() => {
        waiting = null;
      });
    };
    return () => {
      proving.ask = null;
    };
  }, []);
  if (asked === null) return null;
  const end = (proved: boolean) => {
    setAsked(null);
    asked.settle(proved);
  };
  return <ProofDialog name={name} by={asked.by} onProved={() => end(true)} onClose={() => end(false)} />;
}
