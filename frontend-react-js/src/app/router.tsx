import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { Loading } from '@/components/loading';
import { paths } from '@/config/paths';
import { RequireSession } from './require-session';
import { RouteError } from './routes/route-error';
import { AppShell } from './shell/app-shell';
import { SignedOutOnly } from './signed-out-only';

/** Each page is a chunk of its own. Pages below `RequireSession` send to the sign-in page and back. */
export const routes: RouteObject[] = [
  {
    errorElement: <RouteError />,
    hydrateFallbackElement: <Loading />,
    children: [
      {
        element: <SignedOutOnly />,
        children: [
          { path: '/signin', lazy: () => import('./routes/sign-in') },
          { path: '/signup', lazy: () => import('./routes/sign-up') },
          { path: '/confirm', lazy: () => import('./routes/confirm') },
          { path: '/forgot', lazy: () => import('./routes/forgot') },
        ],
      },
      {
        element: <RequireSession />,
        children: [
          {
            element: <AppShell />,
            children: [
              { index: true, element: <Navigate to={paths.messages} replace /> },
              {
                path: '/messages',
                lazy: () => import('./routes/messages'),
                children: [
                  { index: true, lazy: () => import('./routes/messages-index') },
                  { path: 'new/:handle', lazy: () => import('./routes/new-conversation') },
                  { path: ':message_group_uuid', lazy: () => import('./routes/conversation') },
                ],
              },
            ],
          },
        ],
      },
      { path: '*', lazy: () => import('./routes/not-found') },
    ],
  },
];

export function createRouter() {
  return createBrowserRouter(routes);
}
