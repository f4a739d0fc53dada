import { Component, type ReactNode } from 'react';
import { api, ApiError, ask } from '../api/client';
import { Failure } from './Answers';

interface Props {
  /** Whoever goes to another page leaves the mishap behind. */
  page?: string;
  children: ReactNode;
}

/** In the place of a page that could not be shown: what happened, and a way to try again. */
export class Mishap extends Component<Props, { error: Error | null }> {
  state: { error: Error | null } = { error: null };

  static getDerivedStateFromError = (error: Error) => ({ error });

  componentDidMount() {
    addEventListener('online', this.onLine);
  }

  componentDidUpdate(before: Props) {
    if (this.state.error && before.page !== this.props.page) this.setState({ error: null });
  }

  componentWillUnmount() {
    removeEventListener('online', this.onLine);
  }

  render() {
    return this.state.error ? <Failure error={this.state.error} retry={() => void this.anew()} /> : this.props.children;
  }

  private onLine = () => this.state.error && void this.anew();

  /** From the address, which keeps what was asked; some browsers do not load a part again that failed once in the same page. */
  private async anew() {
    try {
      await ask(api.GET('/api/v1/me'));
    } catch (error) {
      // Without a line the browser's own page would stand there instead of ours.
      if (error instanceof ApiError && error.status === 0) return this.setState({ error });
    }
    location.reload();
  }
}
