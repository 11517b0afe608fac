import { Component, type ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';

interface Props {
  /** Another one is another place: it is tried afresh. */
  readonly place: string;
  readonly children: ReactNode;
}

/** The one place where a mistake of ours in drawing ends: this part says so, the rest of the screen goes on. */
export class ErrorBoundary extends Component<Props, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidUpdate(before: Props): void {
    if (before.place !== this.props.place && this.state.error !== null) this.setState({ error: null });
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
