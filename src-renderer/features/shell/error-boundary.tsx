import { Component, type ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';

/**
 * The one place where a mistake of ours in drawing ends: this part says so, the rest of the screen goes on. Its key is what it
 * shows, so that another place is tried afresh.
 */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const problem = {
      code: 'screen-broken',
      what: 'This part of the screen broke; the mistake is ours.',
      kept: 'Agents, worktrees and what was typed are not touched.',
      details: error.stack ?? error.message,
    };
    return (
      <div className="p-6">
        <ErrorBlock problem={problem}>
          <Button kind="primary" onClick={() => this.setState({ error: null })}>
            Show it again
          </Button>
          <Button onClick={() => location.reload()}>Reload</Button>
        </ErrorBlock>
      </div>
    );
  }
}
