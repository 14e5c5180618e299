import { ErrorPanel } from "@hustings/ui/error-panel";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { useEffect, useRef, useState } from "react";
import { useIsDark } from "~/client/theme";
import { LOOK } from "./look";
import { loadScalar, type Reference } from "./scalar";

/**
 * Without these settings Scalar loads fonts and calls its makers' servers (ADR 26). Requests that somebody tries out go
 * to the address that the page came from: the content policy allows no other.
 */
const toConfiguration = (isDark: boolean) => ({
  url: "/api/openapi.json",
  servers: [{ url: window.location.origin }],
  authentication: { preferredSecurityScheme: "apiKey" },
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: "never",
  agent: { disabled: true },
  theme: "none",
  customCss: LOOK,
  hideDarkModeToggle: true,
  forceDarkModeState: isDark ? "dark" : "light",
  // The document brings its own samples, and a test runs them.
  hiddenClients: true,
  orderSchemaPropertiesBy: "preserve",
  documentDownloadType: "direct",
  metaData: { title: "API reference · Hustings" },
});

/** Scalar on the document that this server serves. */
export function ApiReference() {
  const place = useRef<HTMLDivElement>(null);
  const [tries, setTries] = useState(0);
  const [state, setState] = useState<"loading" | "there" | "failed">("loading");
  const isDark = useIsDark();

  useEffect(() => {
    let reference: Reference | null = null;
    let isGone = false;
    setState("loading");
    loadScalar()
      .then((scalar) => {
        if (isGone || !place.current) return;
        // It takes the theme when it is made, and no other afterwards.
        reference = scalar.createApiReference(place.current, toConfiguration(isDark));
        setState("there");
      })
      .catch(() => setState("failed"));
    return () => {
      isGone = true;
      reference?.destroy();
    };
  }, [tries, isDark]);

  return (
    <>
      {state !== "there" && (
        <div className="mx-auto max-w-[880px] px-6 pt-10">
          {state === "failed" ? (
            <ErrorPanel title="The reference did not load." safe={null} onRetry={() => setTries(tries + 1)}>
              For programs it stands at /api/openapi.json.
            </ErrorPanel>
          ) : (
            <SkeletonRows rows={8} label="Loading the API reference" />
          )}
        </div>
      )}
      <div ref={place} />
    </>
  );
}
