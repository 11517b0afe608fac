// A file that is dropped beside every place that takes files must not replace the page.

/** Returns the way to stop. */
export function refuseStrayDrops(page: Pick<Window, 'addEventListener' | 'removeEventListener'>): () => void {
  const refuse = (event: DragEvent): void => {
    if (event.defaultPrevented || event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'none';
  };
  page.addEventListener('dragover', refuse);
  page.addEventListener('drop', refuse);
  return () => {
    page.removeEventListener('dragover', refuse);
    page.removeEventListener('drop', refuse);
  };
}
