import { createContext, use } from "react";

type FrameActions = { openPalette: () => void; openKeys: () => void };

export const FrameContext = createContext<FrameActions>({ openPalette: () => undefined, openKeys: () => undefined });

/** Opens what belongs to the frame. */
export const useFrame = (): FrameActions => use(FrameContext);
