import { CHAT_WIDTH, useUi } from '../../app/ui-store.ts';

const STEP = 24;

/** Drags the chat wider or narrower; arrow keys do it too. */
export function ResizeHandle() {
  const width = useUi((state) => state.chatWidth);
  const setWidth = useUi((state) => state.setChatWidth);
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the assistant"
      aria-valuenow={width}
      aria-valuemin={CHAT_WIDTH.min}
      aria-valuemax={CHAT_WIDTH.max}
      tabIndex={0}
      className="absolute inset-y-0 -left-1 z-10 w-2 cursor-col-resize touch-none hover:bg-accent/30 focus-visible:bg-accent/40 max-lg:hidden"
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) setWidth(window.innerWidth - event.clientX);
      }}
      onDoubleClick={() => setWidth(CHAT_WIDTH.default)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') setWidth(width + STEP);
        if (event.key === 'ArrowRight') setWidth(width - STEP);
      }}
    />
  );
}
