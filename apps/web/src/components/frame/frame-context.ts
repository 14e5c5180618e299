import { createContext, use } from "react";

/** What stands over every screen and can be opened from it. */
export type FrameActions = { openPalette: () => void; openKeys: () => void };

export const FrameContext = createContext<FrameActions>({ openPalette: () => undefined, openKeys: () => undefined });

/** Opens what belongs to the frame. */
export const useFrame = (): FrameActions => use(FrameContext);
