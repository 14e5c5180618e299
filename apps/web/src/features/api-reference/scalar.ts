/** A reference on the page. */
export type Reference = { destroy: () => void };

type Scalar = { createApiReference: (place: Element, configuration: object) => Reference };

/** Scalar's own build for browsers, laid into `public/` by `next.config.ts`. */
const FILE = "/scalar/standalone.js";

let loading: Promise<Scalar> | null = null;

/**
 * Loads Scalar, once.
 *
 * @throws Error where its file does not come; the next call tries again.
 */
export function loadScalar(): Promise<Scalar> {
  loading ??= new Promise<Scalar>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = FILE;
    script.onload = () => resolve((window as unknown as { Scalar: Scalar }).Scalar);
    script.onerror = () => {
      loading = null;
      reject(new Error("The file of the reference did not come."));
    };
    document.head.append(script);
  });
  return loading;
}
