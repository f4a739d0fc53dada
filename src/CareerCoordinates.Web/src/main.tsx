import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { WholeApp } from './App';
import { ApiError } from './api/client';
import './styles/base.css';
import './styles/person.css';
import './styles/work.css';
import './styles/print.css';

const hasLine = () => navigator.onLine;

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // Without a line it is said at once, and asked again when there is one; what is shown already stays.
      networkMode: 'always',
      refetchOnReconnect: true,
      refetchOnMount: hasLine,
      refetchOnWindowFocus: hasLine,
      // What was refused stays refused; what did not come through is tried twice more.
      retry: (count, error) => count < 2 && hasLine() && (!(error instanceof ApiError) || error.status === 0 || error.status === 503),
    },
    mutations: { networkMode: 'always' },
  },
});

// Of its own kind of router only this one can ask before a page is left.
const router = createBrowserRouter([{ path: '*', element: <WholeApp /> }]);

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
